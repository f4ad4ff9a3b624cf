#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// Finds graded tests that can be passed by code that computes nothing: their observations are the same for every seed,
/// or all their numbers are equal for some seeds.
Problems forgeable_tests(const Lab& lab);

}  // namespace grader
