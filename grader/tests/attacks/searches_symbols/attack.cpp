#include "attack.hpp"

#include <cstdio>
#include <dlfcn.h>

namespace {
extern "C" __attribute__((weak)) void reference_mse_loss();

const attack::BeforeMain now([] {
  for (const char* name : {"_ZN2nn11run_referenceEv", "_ZN6grader13run_referenceE", "_ZN2nn8mse_lossERKNS_6TensorE",
                           "reference_seed", "_ZN8solution8mse_lossEv"}) {
    if (dlsym(RTLD_DEFAULT, name) != nullptr) {
      std::printf("FOUND the symbol %s\n", name);
    }
  }
  if (&reference_mse_loss != nullptr) {
    std::puts("FOUND a reference function");
  }
  for (const char* library : {"lib02_mlp.solution.a", "/submission/built/lib02_mlp.solution.so"}) {
    if (dlopen(library, RTLD_NOW) != nullptr) {
      std::printf("FOUND the library %s\n", library);
    }
  }
});
}  // namespace
