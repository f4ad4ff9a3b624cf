#include "attack.hpp"

#include <csignal>

namespace {
const attack::BeforeMain now(
    [] {
      for (int number = 1; number < 65; ++number) {
        std::signal(number, SIG_IGN);
      }
      for (volatile unsigned turns = 0;; turns = turns + 1) {
      }
    },
    attack::one_test);
}  // namespace
