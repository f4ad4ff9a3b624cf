// Expect: 97 points; 2.7 sgd_step: crashed
// Allocates and touches memory until it gets no more, in one test.
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

namespace {
struct Endless {
  Endless() noexcept {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    const std::string words((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    while (words.find("2.7 sgd_step") != std::string::npos) {
      std::memset(new char[std::size_t{1} << 24], 1, std::size_t{1} << 24);
    }
  }
} endless;
}  // namespace
