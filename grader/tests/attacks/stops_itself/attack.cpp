#include "attack.hpp"

#include <csignal>
#include <unistd.h>

namespace {
const attack::BeforeMain now(
    [] {
      kill(getppid(), SIGSTOP);
      kill(0, SIGSTOP);
    },
    attack::one_test);
}  // namespace
