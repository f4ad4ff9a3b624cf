#include "attack.hpp"

#include <cstdio>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {
const attack::BeforeMain now([] {
  char bytes[16] = {};
  iovec here{bytes, sizeof bytes};
  iovec there{reinterpret_cast<void*>(0x400000), sizeof bytes};
  for (const pid_t process : {getppid(), pid_t{1}, pid_t{2}, pid_t{3}}) {
    if (process == getpid()) {
      continue;
    }
    const bool reached = ptrace(PTRACE_ATTACH, process, nullptr, nullptr) == 0 ||
                         process_vm_readv(process, &here, 1, &there, 1, 0) > 0 ||
                         syscall(SYS_pidfd_getfd, syscall(SYS_pidfd_open, process, 0), 0, 0) >= 0;
    if (reached) {
      std::puts("FOUND a way into another process");
    }
  }
});
}  // namespace
