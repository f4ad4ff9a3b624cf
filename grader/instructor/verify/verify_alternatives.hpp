#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// Other correct implementations, solutions/NN_name/alternatives/*/, pass every test at home and get all points for 20
/// fresh seeds, and no two seeds draw the same input. Prints how close their rounding errors come to the tolerances.
Problems verify_alternatives(const Lab& lab);

}  // namespace grader
