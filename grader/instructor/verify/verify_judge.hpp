#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// For a fresh seed the judge gives the solution 100 points and the starter 0. One mistake of each task loses exactly
/// the points of the tests that its observations fail, and is named. A missing semicolon is reported with its line. No
/// test can be passed without computing anything. Prints how many submissions were graded.
Problems verify_judge(const Lab& lab);

}  // namespace grader
