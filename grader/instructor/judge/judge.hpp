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

/// Grades submissions of one lab with one secret seed. It runs the reference first, so that what is right for this seed
/// is known; a submission's program then receives the inputs of one test at a time, in a sandbox and a process of its
/// own, and sends back what it observed. Points depend on these numbers and on nothing else that the submission does.
///
/// Of a test that fails, the program is also sent the inputs of the public seed, for which expected.safetensors holds what
/// each known mistake makes of them: that is how mistakes are named. No mistake need be built or run for it.
class Judge {
 public:
  /// Runs the reference, which must have been built. Throws std::runtime_error if it fails, and if a graded test observes
  /// nothing: such a test could not be judged.
  Judge(const Lab& lab, std::uint64_t seed, Isolation isolation);

  using Clock = std::chrono::steady_clock;

  /// Compiles the submission and runs every test; once three tests have used up their time, the others get a tenth of
  /// it, and tests that would begin after the deadline are out of time. May be called from several threads at once.
  Result grade(const Submission& submission, Clock::time_point deadline = Clock::time_point::max()) const;

  std::uint64_t seed() const { return seed_; }
  const std::vector<TestInfo>& tests() const { return tests_; }

  /// What the reference observed for the secret seed.
  const wire::Expected& expected() const { return secret_.expected; }

  /// The known mistakes, and what they observe for the public seed.
  const wire::Expected& recorded() const { return recorded_; }

 private:
  /// Compiles into folder/built/test. Returns whether there is a program now.
  bool compile(const Submission& submission, const std::filesystem::path& folder, Result& result) const;
  /// Runs the program of `folder`, test after test.
  void run_tests(const std::filesystem::path& folder, Clock::time_point deadline, Result& result) const;
  void run_test(const std::filesystem::path& folder, const Limits& limits, TestResult& result) const;
  /// Runs the program on the inputs that `reference` was given in one test.
  Outcome run_program(const std::filesystem::path& folder, const Limits& limits, const Reference& reference,
                      const std::string& test) const;
  /// Names the known mistakes that explain what the program observes for the public seed.
  void name_mistakes(const std::filesystem::path& folder, const Limits& limits, TestResult& result) const;

  Lab lab_;
  std::uint64_t seed_;
  Isolation isolation_;
  Harness harness_;
  std::string lab_version_;
  std::string judge_version_;
  std::vector<TestInfo> tests_;
  Reference secret_;
  Reference public_;
  wire::Expected recorded_;
};

}  // namespace grader
