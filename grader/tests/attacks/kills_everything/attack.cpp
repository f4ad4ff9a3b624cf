#include "attack.hpp"

#include <csignal>
#include <unistd.h>

namespace {
const attack::BeforeMain now(
    [] {
      kill(-1, SIGKILL);
      kill(1, SIGKILL);
      kill(getppid(), SIGTERM);
    },
    attack::one_test);
}  // namespace
