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

/// The observations in a program's records of a test that differ from the reference's, up to the first unexpected one.
wire::Expected::ValueByName wrong_values(const wire::Expected& expected, const std::string& test,
                                         const Outcome& outcome);

}  // namespace grader
