#pragma once

#include <string>
#include <vector>

#include "class/pages/html.hpp"
#include "judge/result.hpp"
#include "lab/lab.hpp"

namespace grader {

/// The tests of one task in a result.
struct Task {
  std::string name;  // "2.4"
  std::vector<const TestResult*> tests;
  unsigned points = 0;
  unsigned max_points = 0;
};
std::vector<Task> tasks_of(const Result& result);

/// The tests of a task: the points of each and, for those not passed, what was given, the expected shapes, what is
/// wrong and the named mistake; above them, what to read.
Html task_tests(const Task& task, const Result& result, const Lab& lab);

}  // namespace grader
