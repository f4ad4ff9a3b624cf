#include "attack.hpp"

#include <sys/syscall.h>
#include <unistd.h>

namespace {
const attack::BeforeMain now([] {
  if (getpid() % 2 == 0) {
    _exit(0);
  }
  syscall(SYS_exit_group, 0);
});
}  // namespace
