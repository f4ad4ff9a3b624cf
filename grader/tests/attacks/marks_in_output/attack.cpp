#include "attack.hpp"

#include <cstdio>

namespace {
const attack::BeforeMain now([] { std::puts("\uFFFE \uFFFF \U0001FFFF \u202E \u2066 \U000E0041 \u2028"); });
}  // namespace
