#include "testing/draw.hpp"

namespace nn {

namespace {

/// The 64-bit hash FNV-1a of text, continued from `hash` (Fowler, Noll and Vo).
std::uint64_t fnv1a(std::string_view text, std::uint64_t hash = 14695981039346656037ULL) {
  for (const char character : text) {
    hash = (hash ^ static_cast<unsigned char>(character)) * 1099511628211ULL;
  }
  return hash;
}

}  // namespace

wire::Array draw_given(std::uint64_t seed, std::string_view lab, std::string_view test, std::string_view name,
                       const ArrayGenerator& draw) {
  Random random(seed, fnv1a(name, fnv1a("/", fnv1a(test, fnv1a("/", fnv1a(lab))))));
  return draw(random);
}

}  // namespace nn
