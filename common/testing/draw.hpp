#pragma once

#include <cstdint>
#include <string_view>

#include "testing/session.hpp"

namespace nn {

/// Draws a given from a stream of its own, which seed, lab, test and name choose: to add or reorder givens changes no
/// other.
wire::Array draw_given(std::uint64_t seed, std::string_view lab, std::string_view test, std::string_view name,
                       const ArrayGenerator& draw);

}  // namespace nn
