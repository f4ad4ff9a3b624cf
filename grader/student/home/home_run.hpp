#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "home/progress.hpp"
#include "lab/lab.hpp"

namespace grader {

/// A test that was run at home, in its own process.
struct HomeRun {
  TestInfo test;
  Status status = Status::todo;
  std::string why;     // why a test did not end normally: "crashed: segmentation fault ..."
  std::string output;  // its messages for the student
};

/// Builds the lab's tests with the student's code and returns the test program. Throws BuildError; std::runtime_error
/// that says what to type if one of the student's files is missing.
std::filesystem::path build_tests(const Lab& lab);

/// Runs one test of the program. Of long output the first and last lines are kept.
HomeRun run_test(const std::filesystem::path& program, const TestInfo& test, std::chrono::milliseconds limit);

/// Records the runs of a lab whose tests are `all`: other tests keep their record, records of tests that no longer
/// exist are removed, and tests that were never run count as not done.
void remember(LabProgress& progress, const std::vector<TestInfo>& all, const std::vector<HomeRun>& runs,
              const std::string& files);

}  // namespace grader
