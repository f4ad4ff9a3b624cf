#include <cstddef>
#include <new>

namespace {
alignas(64) char memory[1 << 20];
std::size_t used = 0;

void* again(std::size_t size) {
  used = used + size + 64 > sizeof memory ? 0 : used;
  void* place = memory + used;
  used += (size + 63) / 64 * 64 % 4096;
  return place;
}
}  // namespace

extern "C" void* malloc(std::size_t size) { return again(size); }
extern "C" void free(void*) {}
void* operator new(std::size_t size) { return again(size); }
void operator delete(void*) noexcept {}
void operator delete(void*, std::size_t) noexcept {}
