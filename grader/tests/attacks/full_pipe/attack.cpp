#include "attack.hpp"

#include <unistd.h>
#include <vector>

namespace {
const attack::BeforeMain now(
    [] {
      const std::vector<char> block(1 << 20, 'x');
      for (int i = 0; i < 100; ++i) {
        [[maybe_unused]] const auto count = write(3, block.data(), block.size());
      }
    },
    attack::one_test);
}  // namespace
