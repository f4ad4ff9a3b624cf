#include "tensor/memory.hpp"

#include <limits>
#include <malloc.h>

namespace nn {

void keep_freed_memory() {
  mallopt(M_MMAP_THRESHOLD, std::numeric_limits<int>::max());
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
}

}  // namespace nn
