#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// Other right implementations, solutions/NN_name/alternatives/*/, pass every test at home and have all points on 20
/// fresh seeds, and no two seeds draw the same input. Prints how near their rounding errors come to the tolerances.
Problems verify_alternatives(const Lab& lab);

}  // namespace grader
