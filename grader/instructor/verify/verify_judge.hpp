#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// On a fresh seed the judge gives the solution 100 points and the starter 0, takes from one mistake of each task exactly
/// the points of the tests that its observations fail, and names it; a forgotten semicolon is reported with its line. No
/// test can be passed without computing. Prints how many submissions were graded.
Problems verify_judge(const Lab& lab);

}  // namespace grader
