#include "attack.hpp"

#include <csignal>
#include <unistd.h>

namespace {
const attack::BeforeMain now(
    [] {
      std::signal(SIGSEGV, [](int) { _exit(0); });
      std::signal(SIGABRT, [](int) { _exit(0); });
      std::raise(SIGSEGV);
    },
    attack::one_test);
}  // namespace
