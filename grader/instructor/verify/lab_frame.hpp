#pragma once

#include <vector>

#include "lab/lab.hpp"
#include "testing/expected.hpp"
#include "verify/problems.hpp"

namespace grader {

/// What is wrong with the names, points and suites of the tests, with the hints of their tasks, or with a task that no
/// known mistake belongs to.
Problems problems_of_frame(const Lab& lab, const std::vector<TestInfo>& tests,
                           const std::vector<wire::Mistake>& mistakes);

}  // namespace grader
