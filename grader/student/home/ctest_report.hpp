#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace grader {

/// The results of a run's tests.
struct TestCounts {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t skipped = 0;
};

/// Counts the test cases of a JUnit file that ctest wrote. A test that ctest could not start counts as failed, one that
/// skipped itself or is disabled as skipped. If there is no file, all counts are 0.
TestCounts count_tests(const std::filesystem::path& junit);

/// "12 passed, 0 failed", and ", 3 skipped" if there are any.
std::string summary_line(const TestCounts& counts);

}  // namespace grader
