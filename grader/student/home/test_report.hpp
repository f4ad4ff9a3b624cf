#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "home/home_run.hpp"

namespace grader {

/// Prints tests as they end:
///
///       ✓ 2.4 Linear::forward                   6/6
///       ✗ 2.4 Linear::backward                  0/8
///           dx: (5, 3) as it should be, but 15 of 15 values differ ...
///       ✗ 2.4 Linear::backward, twice           0/4
///           dweight: ...
///           correct 'Linear::backward' first
///       · 2.5 cross_entropy                     0/6  not done yet, labs/02_mlp/mlp.cpp:152
///
/// Of each task the first test that fails is to be corrected first: others may fail because of it, so they name it.
/// What they say themselves is shown whole, or only its first line.
class TestReport {
 public:
  enum class Others { whole, first_line };
  TestReport(const std::vector<TestInfo>& tests, Others others);
  void print(const HomeRun& run);

 private:
  void print_row(const HomeRun& run, const std::string& mark);
  void print_gap(const HomeRun& run);
  void print_failure(const HomeRun& run);

  Others others_;
  std::size_t width_ = 0;                            // of the longest name
  std::map<std::string, std::string> first_failed_;  // by task: the name of its first test that fails
  std::set<std::string> gaps_;                       // tasks in which code is missing
  std::string last_gap_;                             // where it is missing, as shown last
};

/// What the first line of a test's output says of code that is not written yet, in parentheses:
/// "labs/02_mlp/mlp.cpp:31".
std::string place_of_gap(const std::string& output);

}  // namespace grader
