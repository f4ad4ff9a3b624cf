#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// At home, every mistake fails the test that should catch it, and the test names it. For fresh seeds it fails there
/// too, and its values are unique to it. Every test is failed by some mistake. Prints the kill matrix, how close the
/// mistakes come to the tolerances, and which of them fail a test for some seeds only.
Problems verify_mistakes(const Lab& lab);

}  // namespace grader
