#include "attack.hpp"

#include <unistd.h>

namespace {
const attack::BeforeMain now(
    [] {
      while (true) {
        fork();
      }
    },
    attack::one_test);
}  // namespace
