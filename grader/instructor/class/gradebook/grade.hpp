#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "class/gradebook/gradebook.hpp"
#include "class/gradebook/policy.hpp"
#include "class/roster.hpp"
#include "judge/result.hpp"

namespace grader {

/// The final grade of a student in one lab. Every page and every export is made from this, so all agree on the score.
struct Grade {
  Result result;             // of the attempt that counts
  std::string submitted_at;  // UTC, of that attempt; empty if nobody knows
  std::size_t attempts = 1;  // how often something was handed in; 0 if nothing was
  Person person;             // of the roster; empty if there is none, or if nobody in it is this student
  std::string handed_in_by;  // the member of the group who did, if it was another one
  std::int64_t seconds_late = 0;
  double penalty_percent = 0;
  std::optional<Override> override;
  double score = 0;     // points after the penalty, or the override; rounded to 0.01
  bool in_mean = true;  // whether mean, median and distribution of the class include it

  double max_points() const { return result.max_points(); }
  /// Whether the score is the sum of the tests' points.
  bool is_sum_of_tests() const { return score == result.points(); }
  /// Whether this student handed in what the grade is for. Counts of submissions are made from these.
  bool is_own() const { return attempts > 0 && handed_in_by.empty(); }
  /// The student, with the full name if the roster has it: "kim (Kim Minsu)".
  std::string title() const;
};

/// The error of the result of a student who handed in nothing.
inline constexpr const char* nothing_handed_in = "nothing handed in";

/// The result that a gradebook names. Throws std::runtime_error if it is missing or damaged.
Result entered_result(const std::filesystem::path& file);

/// The grade that a result alone gives: its points.
Grade grade_of(const Result& result);

/// The grades of a lab, by student. `results` is the folder with the gradebook and the results. If attempts have the
/// same score, the last one counts.
///
/// With a roster, students are called as in it, an attempt counts for the whole group, and who handed in nothing has 0
/// points and the error `nothing_handed_in`. That is not in the mean, unless the policy says so or the score was set by
/// hand; nor is a submission that could not be read. A submission of nobody in the roster keeps its name and its grade.
/// If nobody has handed in anything for the lab, there are no grades.
///
/// Throws std::runtime_error if a result is missing or damaged.
std::vector<Grade> grades_of(Gradebook& gradebook, const std::filesystem::path& results, const Policy& policy,
                             const std::string& lab, const Roster& roster = {});

/// The labs with submissions in the gradebook in this folder.
std::vector<std::string> graded_labs(Gradebook& gradebook);

/// A score without needless digits: "85", "85.5", "85.25".
std::string score_text(double score);

}  // namespace grader
