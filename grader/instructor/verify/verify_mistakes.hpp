#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// Every mistake fails, at home, in the test that is meant to catch it, which names it; on fresh seeds it fails there too,
/// and its values are its own. Every test is failed by a mistake. Prints the kill matrix, how near the mistakes come to
/// the tolerances, and which of them fail a test with some seeds only.
Problems verify_mistakes(const Lab& lab);

}  // namespace grader
