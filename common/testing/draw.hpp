#pragma once

#include <cstdint>
#include <string_view>

#include "testing/session.hpp"

namespace nn {

/// Draws a given from its own stream, which depends on seed, lab, test and name: adding or reordering givens does not
/// change the others, and whoever works out the state of a stream from its numbers learns nothing of the others.
wire::Array draw_given(std::uint64_t seed, std::string_view lab, std::string_view test, std::string_view name,
                       const ArrayGenerator& draw);

}  // namespace nn
