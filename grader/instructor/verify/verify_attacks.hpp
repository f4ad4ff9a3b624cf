#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// The hostile submissions of grader/tests/attacks/, graded by `course grade` together with a class of twenty, get the
/// results in their attack.json, read no secret and leave nothing behind; the class has the same results as without
/// them.
Problems verify_attacks(const Lab& lab);

}  // namespace grader
