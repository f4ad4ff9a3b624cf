#pragma once

#include <cstddef>
#include <string>
#include <vector>

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

/// Grades submissions with the current lab, if that was not done yet, and returns those whose points change. The new
/// results are kept in the folder regraded/ next to the old ones, so that an interrupted run can be continued.
std::vector<Change> regrade(const Lab& lab, const std::vector<Submission>& submissions, const ResultsFolder& folder,
                            Isolation isolation, std::size_t jobs);

/// Makes the new results count: moves them next to the old ones, which are kept.
void accept_regraded(const Lab& lab, const std::vector<Submission>& submissions, const ResultsFolder& folder);

}  // namespace grader
