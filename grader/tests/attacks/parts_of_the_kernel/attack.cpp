#include "attack.hpp"

#include <array>
#include <cstdio>
#include <sys/syscall.h>
#include <unistd.h>

namespace {
const attack::BeforeMain now(
    [] {
      std::array<char, 256> zeros{};
      for (const long call : {SYS_io_uring_setup, SYS_bpf, SYS_userfaultfd, SYS_perf_event_open, SYS_memfd_create}) {
        if (syscall(call, zeros.data(), zeros.data(), 0, 0, 0) >= 0) std::puts("FOUND a part of the kernel");
      }
    },
    attack::one_test);
}  // namespace
