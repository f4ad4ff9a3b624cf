#include "attack.hpp"

#include <cstdlib>

namespace {
const attack::BeforeMain now([] {
  std::atexit([] { attack::send({wire::Record::Kind::observe, "one more", nn::to_array(nn::Real{0}), {}}); });
});
}  // namespace
