#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// The solution passes every test at home, and the lab's names, points, hints and mistakes are complete.
Problems verify_solution(const Lab& lab);

}  // namespace grader
