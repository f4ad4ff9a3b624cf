#pragma once

#include <string>
#include <vector>

#include "lab/lab.hpp"
#include "testing/expected.hpp"

namespace grader {

/// A row for each mistake and a column for each test, under the number of its task: # is the test that should catch the
/// mistake, x is another test that it fails.
std::string kill_matrix(const std::vector<TestInfo>& tests, const wire::Expected& expected);

/// The names of the tests that no known mistake fails.
std::vector<std::string> tests_without_mistake(const std::vector<TestInfo>& tests, const wire::Expected& expected);

}  // namespace grader
