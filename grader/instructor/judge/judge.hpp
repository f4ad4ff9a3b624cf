#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "judge/harness.hpp"
#include "judge/reference.hpp"
#include "judge/result.hpp"
#include "lab/lab.hpp"
#include "sandbox/sandbox.hpp"
#include "submission/submission.hpp"

namespace grader {

/// Grades submissions of one lab with one secret seed, the class's. Each submission has inputs of its own, drawn from a
/// seed of its own that a keyed hash makes of it: what one gives away helps in no other. The judge runs the reference
/// on them, to get the correct numbers. The submission's program receives the inputs of one test at a time, in its own
/// sandbox and process, and
/// sends back its observations. Points depend only on these numbers, and on nothing else that the submission does.
/// If a test fails, the program is also run on the inputs of the public seed. For these, expected.safetensors has the
/// observations of each known mistake, so that mistakes can be named without building or running them.
class Judge {
 public:
  /// Runs the reference on the public inputs; it must have been built. Throws std::runtime_error if it fails, and if a
  /// graded test observes nothing: such a test could not be graded.
  Judge(const Lab& lab, std::uint64_t seed, Isolation isolation);

  using Clock = std::chrono::steady_clock;

  /// Compiles the submission and runs every test; once three tests have reached their time limit, or all together
  /// have taken as long, the limit of the others is a tenth of it, and tests that would begin after the deadline are
  /// not run. May be called from several threads at once.
  Result grade(const Submission& submission, Clock::time_point deadline = Clock::time_point::max()) const;

  std::uint64_t seed() const { return seed_; }

  /// The seed of a submission's inputs; the same for the same files of the same student, as in a regrade.
  std::uint64_t seed_of(const Submission& submission) const;
  const std::vector<TestInfo>& tests() const { return tests_; }

  /// The known mistakes, and their observations for the public seed.
  const wire::Expected& recorded() const { return recorded_; }

 private:
  /// Compiles into folder/built/test. Returns whether the program was built.
  bool compile(const Submission& submission, const std::filesystem::path& folder, Result& result) const;
  /// Runs the program of `folder` on the inputs of `reference`, test after test.
  void run_tests(const std::filesystem::path& folder, const Reference& reference, Clock::time_point deadline,
                 Result& result) const;
  void run_test(const std::filesystem::path& folder, const Reference& reference, const Limits& limits,
                TestResult& result) const;
  /// Runs the program on the inputs of `reference` in one test.
  Outcome run_program(const std::filesystem::path& folder, const Limits& limits, const Reference& reference,
                      const std::string& test) const;
  /// Names the known mistakes that explain the program's observations for the public seed; if none does, says what
  /// relates these to the correct ones. Nothing of it depends on the secret seed.
  void explain(const std::filesystem::path& folder, const Limits& limits, TestResult& result) const;

  Lab lab_;
  std::uint64_t seed_;
  Isolation isolation_;
  Harness harness_;
  std::string lab_version_;
  std::string judge_version_;
  std::vector<TestInfo> tests_;
  Reference public_;
  wire::Expected recorded_;
};

}  // namespace grader
