#include "attack.hpp"

#include <cstdint>
#include <sys/mman.h>

#include "nn/not_implemented.hpp"

namespace {
const attack::BeforeMain now([] {
  auto* code = reinterpret_cast<unsigned char*>(&nn::not_implemented);
  const auto page = reinterpret_cast<std::uintptr_t>(code) & ~std::uintptr_t{4095};
  if (mprotect(reinterpret_cast<void*>(page), 8192, PROT_READ | PROT_WRITE | PROT_EXEC) == 0) {
    *code = 0xc3;
  }
});
}  // namespace
