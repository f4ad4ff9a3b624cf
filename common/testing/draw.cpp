#include "testing/draw.hpp"

#include "testing/keyed.hpp"

namespace nn {

wire::Array draw_given(std::uint64_t seed, std::string_view lab, std::string_view test, std::string_view name,
                       const ArrayGenerator& draw) {
  const auto [start, stream] = wire::keyed_numbers(seed, {"given", lab, test, name});
  Random random(start, stream);
  return draw(random);
}

}  // namespace nn
