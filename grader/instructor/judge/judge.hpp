#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "judge/harness.hpp"
#include "judge/result.hpp"
#include "lab/lab.hpp"
#include "sandbox/sandbox.hpp"
#include "submission/submission.hpp"
#include "testing/expected.hpp"

namespace grader {

/// Grades submissions of one lab with one secret seed. It runs the reference first, so that what is right for this seed
/// is known; a submission's program then receives the inputs of one test at a time, in a sandbox and a process of its
/// own, and sends back what it observed. Points depend on these numbers and on nothing else that the submission does.
class Judge {
 public:
  /// Runs the reference and the mistakes, which must have been built. Throws std::runtime_error if they fail, and if a
  /// graded test observes nothing: such a test could not be judged.
  Judge(const Lab& lab, std::uint64_t seed, Isolation isolation);

  using Clock = std::chrono::steady_clock;

  /// Compiles the submission and runs every test; once three tests have used up their time, the others get a tenth of
  /// it, and tests that would begin after the deadline are out of time. May be called from several threads at once.
  Result grade(const Submission& submission, Clock::time_point deadline = Clock::time_point::max()) const;

  std::uint64_t seed() const { return seed_; }
  const wire::Expected& expected() const { return expected_; }
  const std::vector<TestInfo>& tests() const { return tests_; }

 private:
  /// Compiles into folder/built/test. Returns whether there is a program now.
  bool compile(const Submission& submission, const std::filesystem::path& folder, Result& result) const;
  /// Runs the program of `folder`, test after test.
  void run_tests(const std::filesystem::path& folder, Clock::time_point deadline, Result& result) const;
  void run_test(const std::filesystem::path& folder, const Limits& limits, TestResult& result) const;

  Lab lab_;
  std::uint64_t seed_;
  Isolation isolation_;
  Harness harness_;
  std::string lab_version_;
  std::string judge_version_;
  std::vector<TestInfo> tests_;
  wire::Expected expected_;
  std::map<std::string, std::vector<std::byte>> givens_;  // by test: the records that the worker is sent
  std::map<std::string, Shapes> shapes_;                  // by test
};

}  // namespace grader
