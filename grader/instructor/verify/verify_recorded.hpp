#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// expected.safetensors has the current observations of the reference and the mistakes, up to rounding.
Problems verify_recorded(const Lab& lab);

}  // namespace grader
