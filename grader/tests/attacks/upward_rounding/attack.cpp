#include "attack.hpp"

#include <cfenv>

namespace {
const attack::BeforeMain now([] { std::fesetround(FE_UPWARD); });
}  // namespace
