#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// expected.safetensors holds what the reference and the mistakes observe today, but for rounding.
Problems verify_recorded(const Lab& lab);

}  // namespace grader
