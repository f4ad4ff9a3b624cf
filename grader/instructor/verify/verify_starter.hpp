#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// The starter passes no test, and every graded test says "not done yet".
Problems verify_starter(const Lab& lab);

}  // namespace grader
