#include "attack.hpp"

#include <cstdlib>

namespace {
const attack::BeforeMain now([] { std::quick_exit(0); });
}  // namespace
