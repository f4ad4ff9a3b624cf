#include "attack.hpp"

#include <unistd.h>

namespace {
const attack::BeforeMain now([] {
  for (int descriptor = 0; descriptor < 1024; ++descriptor) {
    if (write(descriptor, "100 points\n", 11) == 11) {
      lseek(descriptor, 0, SEEK_SET);
    }
  }
});
}  // namespace
