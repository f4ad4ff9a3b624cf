#include "verify/in_process.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "home/run_tests.hpp"
#include "judge/judge_answer.hpp"

namespace grader {

TestResult judge_records(const wire::Expected& expected, const TestInfo& test,
                         const std::vector<wire::Record>& records) {
  // A program does not send inputs or matchers to the judge
  Outcome outcome;
  outcome.exit_status = 0;
  for (const wire::Record& record : records) {
    if (record.kind != wire::Record::Kind::given && record.kind != wire::Record::Kind::hidden) {
      const std::vector<std::byte> bytes = wire::serialize({record.kind, record.name, record.value, {}});
      outcome.answer.insert(outcome.answer.end(), bytes.begin(), bytes.end());
    }
  }
  TestResult result;
  result.test = test;
  judge_answer(expected, outcome, result);
  return result;
}

double error_in_tolerances(const wire::Expected& expected, const std::string& test,
                           const std::vector<wire::Record>& records) {
  double largest = 0;
  for (const wire::Record& record : records) {
    const auto* right = expected.find(test, record.name);
    if (record.kind == wire::Record::Kind::observe && right != nullptr && right->matcher.tolerance > 0 &&
        right->matcher.kind == wire::Matcher::Kind::close && record.value.dtype == safetensors::DType::f64) {
      const wire::Comparison comparison = wire::compare(record.value, right->value, right->matcher);
      const bool beyond = comparison.got_shape != comparison.expected_shape || comparison.not_finite;
      const double error = beyond ? std::numeric_limits<double>::infinity() : comparison.error;
      largest = std::max(largest, error / right->matcher.tolerance);
    }
  }
  return largest;
}

Problems failures_at_home(const Lab& lab, const std::string& variant, const std::vector<TestInfo>& tests) {
  Problems failures;
  for (const HomeRun& run : run_tests(lab.program(variant, "tests"), tests, lab.test_limits.wall)) {
    if (run.status != Status::passed) {
      failures.push_back(fmt::format("{} at home: '{}'\n{}{}", variant, run.test.name, run.why, run.output));
    }
  }
  return failures;
}

}  // namespace grader
