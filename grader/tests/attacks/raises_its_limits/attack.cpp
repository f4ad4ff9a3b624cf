#include "attack.hpp"

#include <cstdio>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {
const attack::BeforeMain now([] {
  for (const auto resource : {RLIMIT_CPU, RLIMIT_AS, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_FSIZE, RLIMIT_CORE}) {
    rlimit limit{};
    getrlimit(resource, &limit);
    ++limit.rlim_max;
    if (setrlimit(resource, &limit) == 0) {
      std::puts("FOUND a higher limit");
    }
  }
  if (setuid(0) == 0 || setpriority(PRIO_PROCESS, 0, -20) == 0 || unshare(CLONE_NEWUSER) == 0) {
    std::puts("FOUND more rights");
  }
});
}  // namespace
