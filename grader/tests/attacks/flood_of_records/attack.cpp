#include "attack.hpp"

namespace {
const attack::BeforeMain now([] {
  const auto bytes = wire::serialize({wire::Record::Kind::todo, "", {}, {}});
  std::string many;
  while (many.size() < (1 << 20)) {
    many.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  for (int i = 0; i < 60; ++i) {
    [[maybe_unused]] const auto count = write(3, many.data(), many.size());
  }
  _exit(0);
});
}  // namespace
