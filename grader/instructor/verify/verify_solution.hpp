#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// The solution passes every test at home, and the frame of the lab is as it should be.
Problems verify_solution(const Lab& lab);

}  // namespace grader
