#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "class/gradebook/gradebook.hpp"
#include "class/results_folder.hpp"
#include "lab/lab.hpp"
#include "sandbox/sandbox.hpp"
#include "submission/submission.hpp"

namespace grader {

/// How the points of a submission change when it is graded again.
struct Change {
  std::string student;
  unsigned before = 0;
  unsigned after = 0;
  std::vector<std::string> reasons;  // "2.4 Linear::backward: 6 -> 0 points, passed -> not right yet: ..."
};

/// The differences between two results of the same submission: tests that are new, no longer exist, or have different
/// points.
Change change_between(const Result& before, const Result& after);

/// Grades submissions with the lab as it is now, where that was never done, and returns those whose points would then
/// be others than those that count in the gradebook. New results wait in the folder regraded/ beside the old ones, so
/// that an interrupted run goes on where it was.
std::vector<Change> regrade(const Lab& lab, const std::vector<Submission>& submissions, const ResultsFolder& folder,
                            Gradebook& gradebook, Isolation isolation, std::size_t jobs);

/// Moves the new results beside the old ones, which stay. finish_grading makes them count.
void accept_regraded(const Lab& lab, const std::vector<Submission>& submissions, const ResultsFolder& folder);

}  // namespace grader
