#pragma once

#include <vector>

#include "lab/lab.hpp"
#include "testing/expected.hpp"
#include "verify/problems.hpp"

namespace grader {

/// What is wrong with the names, points and suites of the tests, with the hints, or with tasks that have no known
/// mistake.
Problems problems_of_frame(const Lab& lab, const std::vector<TestInfo>& tests,
                           const std::vector<wire::Mistake>& mistakes);

}  // namespace grader
