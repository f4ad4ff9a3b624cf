#include "attack.hpp"

#include <fcntl.h>

namespace {
const attack::BeforeMain now(
    [] {
      while (open("/dev/null", O_RDONLY) >= 0) {
      }
    },
    attack::one_test);
}  // namespace
