#pragma once

#include <chrono>
#include <string>

#include "judge/result.hpp"
#include "system/limits.hpp"
#include "system/process.hpp"
#include "testing/expected.hpp"

namespace grader {

/// Compares a program's records of a test with the reference's observations. Changes only `result`. A program that was
/// killed after it had used `cpu_limit` has reached its time limit.
void judge_answer(const wire::Expected& expected, const Outcome& outcome, TestResult& result,
                  std::chrono::seconds cpu_limit = test_limits().cpu);

/// Of what a program sent for a test, the observations that differ from the reference's, as far as they came in order,
/// and the exception that ended the test.
wire::Expected::ValueByName wrong_values(const wire::Expected& expected, const std::string& test,
                                         const Outcome& outcome);

}  // namespace grader
