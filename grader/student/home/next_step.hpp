#pragma once

#include <optional>
#include <string>
#include <vector>

#include "home/progress.hpp"

namespace grader {

/// What to do next.
struct NextStep {
  std::string why;      // "Write task 2.3 in labs/02_mlp/mlp.cpp, then type"
  std::string command;  // "./course test 02 2.3"
  std::string task;     // "2.3"; "" if it is about no task
};

/// The next step in this lab: the task that was tested last, else the first that fails, else the first that is not
/// done; nothing if all tests have passed on the files as they are.
std::optional<NextStep> next_step(const Lab& lab, const LabProgress& progress);

/// The next step in the course: in the lab at hand or, if that is complete, in the next one that is not, else the lab's
/// demo.
NextStep next_step(const std::vector<Lab>& labs, const CourseProgress& progress);

/// The lab that a command means which names none: where the student's files changed or were tested last; the first if
/// none is started. Throws std::runtime_error if there are no labs.
Lab lab_at_hand(const std::vector<Lab>& labs, const CourseProgress& progress);

/// The lab called so, or the one at hand if `called` is empty.
Lab named_lab(const std::filesystem::path& root, const std::string& called);

/// Makes "2.3", as if it were a lab, the task 2.3 of the lab 2; so `test 2.3` is short for `test 02 2.3`.
void split_task(std::string& lab, std::string& task);

}  // namespace grader
