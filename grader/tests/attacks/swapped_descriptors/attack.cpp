#include "attack.hpp"

#include <cstdio>
#include <unistd.h>

namespace {
const attack::BeforeMain now([] {
  dup2(3, 1);
  dup2(3, 2);
  std::puts("passed");
  std::fflush(stdout);
});
}  // namespace
