#include "attack.hpp"

#include <csignal>

namespace {
const attack::BeforeMain now([] { std::raise(SIGKILL); });
}  // namespace
