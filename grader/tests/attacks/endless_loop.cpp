// Expect: 97 points; 2.7 sgd_step: timeout
// Ignores signals and never ends, in one test.
#include <csignal>
#include <fstream>
#include <iterator>
#include <string>

namespace {
struct Endless {
  Endless() {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    const std::string words((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (words.find("2.7 sgd_step") == std::string::npos) {
      return;
    }
    for (int number = 1; number < 32; ++number) {
      std::signal(number, SIG_IGN);
    }
    for (volatile unsigned turns = 0;; turns = turns + 1) {
    }
  }
} endless;
}  // namespace
