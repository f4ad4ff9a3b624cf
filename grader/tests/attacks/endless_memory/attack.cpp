#include "attack.hpp"

#include <cstring>

namespace {
void take_all() noexcept {
  while (true) {
    std::memset(new char[std::size_t{1} << 24], 1, std::size_t{1} << 24);
  }
}
const attack::BeforeMain now(take_all, attack::one_test);
}  // namespace
