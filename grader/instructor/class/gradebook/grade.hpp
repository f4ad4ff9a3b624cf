#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "class/gradebook/gradebook.hpp"
#include "class/gradebook/policy.hpp"
#include "judge/result.hpp"

namespace grader {

/// The final grade of a student in one lab. Every page and every export is made from this, so all agree on the score.
struct Grade {
  Result result;             // of the attempt that counts
  std::string submitted_at;  // UTC, of that attempt; empty if nobody knows
  std::size_t attempts = 1;  // how often something was handed in
  std::int64_t seconds_late = 0;
  double penalty_percent = 0;
  std::optional<Override> override;
  double score = 0;  // points after the penalty, or the override; rounded to 0.01

  double max_points() const { return result.max_points(); }
  /// Whether the score is the sum of the tests' points.
  bool is_sum_of_tests() const { return score == result.points(); }
};

/// The result that a gradebook names. Throws std::runtime_error if it is missing or damaged.
Result entered_result(const std::filesystem::path& file);

/// The grade that a result alone gives: its points.
Grade grade_of(const Result& result);

/// The grades of a lab, by student. `results` is the folder with the gradebook and the results. If attempts have the
/// same score, the last one counts. Throws std::runtime_error if a result is missing or damaged.
std::vector<Grade> grades_of(Gradebook& gradebook, const std::filesystem::path& results, const Policy& policy,
                             const std::string& lab);

/// The labs with submissions in the gradebook in this folder.
std::vector<std::string> graded_labs(Gradebook& gradebook);

/// A score without needless digits: "85", "85.5", "85.25".
std::string score_text(double score);

}  // namespace grader
