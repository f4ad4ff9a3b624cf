#pragma once

#include <string>
#include <vector>

#include "judge/result.hpp"
#include "testing/expected.hpp"
#include "verify/problems.hpp"

namespace grader {

// The judge's result for our own code, which needs no sandbox: the same comparison, with records from the reference's
// role.

/// The result of a test, from its records.
TestResult judge_records(const wire::Expected& expected, const TestInfo& test,
                         const std::vector<wire::Record>& records);

/// The largest error in a test's records, in units of the tolerance. Ids have no error: they are equal or not.
double error_in_tolerances(const wire::Expected& expected, const std::string& test,
                           const std::vector<wire::Record>& records);

/// The tests that one of our variants does not pass at home, where CHECKs count too, with their messages.
Problems failures_at_home(const Lab& lab, const std::string& variant, const std::vector<TestInfo>& tests);

}  // namespace grader
