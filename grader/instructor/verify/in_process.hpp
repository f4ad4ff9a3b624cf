#pragma once

#include <string>
#include <vector>

#include "judge/result.hpp"
#include "testing/expected.hpp"
#include "verify/problems.hpp"

namespace grader {

// What the judge makes of code of our own, which needs no sandbox: the same comparison on what it recorded in the
// reference's role.

/// The result of a test, from its records.
TestResult judge_records(const wire::Expected& expected, const TestInfo& test, const std::vector<wire::Record>& records);

/// The largest error of a test's records, in units of the tolerance. Ids have none: they are equal or not.
double error_in_tolerances(const wire::Expected& expected, const std::string& test,
                           const std::vector<wire::Record>& records);

/// The tests that a variant of ours does not pass at home, where CHECKs count too, with what they say.
Problems failures_at_home(const Lab& lab, const std::string& variant, const std::vector<TestInfo>& tests);

}  // namespace grader
