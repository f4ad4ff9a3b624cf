#include "attack.hpp"

#include <cstdio>
#include <sys/syscall.h>
#include <unistd.h>

namespace {
const attack::BeforeMain now(
    [] {
      constexpr int keyring_of_user = -4;
      const bool any = syscall(SYS_add_key, "user", "left-by-an-attack", "x", 1, keyring_of_user) >= 0 ||
                       syscall(SYS_request_key, "user", "left-by-an-attack", "", 0) >= 0;
      if (any) std::puts("FOUND a key");
    },
    attack::one_test);
}  // namespace
