#if __has_include("../../../solutions/02_mlp/mlp.cpp") || __has_include("/submission/../solutions/02_mlp/mlp.cpp")
#error FOUND the solution
#endif

#include "attack.hpp"

#include <cstdio>
#include <cstdlib>

namespace {
const attack::BeforeMain now([] {
  if (std::getenv("COURSE_ROOT") != nullptr) {
    std::puts("FOUND a variable of the judge");
  }
  for (const char* path : {"/etc/passwd", "/etc/shadow", "/submission/source/mlp.cpp", "/submission/built/test",
                           "/submission/givens", "solutions/02_mlp/mlp.cpp", "/root/.bashrc"}) {
    if (!attack::text_of(path).empty()) {
      std::printf("FOUND %s\n", path);
    }
  }
});
}  // namespace
