#include "attack.hpp"

#include <cstdlib>
#include <unistd.h>

namespace {
const attack::BeforeMain now([] { std::atexit([] { _exit(0); }); });
}  // namespace
