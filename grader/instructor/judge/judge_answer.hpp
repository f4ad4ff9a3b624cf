#pragma once

#include <chrono>
#include <string>
#include <vector>

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

/// What relates the wrong numbers that a program sent for a test to the correct ones, in sentences; see
/// testing/diagnosis/diagnosis.hpp. `givens` are the inputs of the test. Only for the public seed: of secret inputs a
/// sentence would give something away.
std::vector<std::string> diagnosis(const wire::Expected& expected, const std::vector<wire::Record>& givens,
                                   const std::string& test, const Outcome& outcome);

}  // namespace grader
