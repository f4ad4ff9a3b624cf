#include "attack.hpp"

#include <ctime>

extern "C" int clock_gettime(clockid_t, timespec* now) noexcept {
  *now = {};
  return 0;
}

namespace {
const attack::BeforeMain now(
    [] {
      for (volatile unsigned turns = 0;; turns = turns + 1) {
      }
    },
    attack::one_test);
}  // namespace
