#include "class/gradebook/grade.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>

#include "class/results_folder.hpp"

namespace grader {

namespace {

constexpr double whole_percent = 100;

double rounded(double score) { return std::round(score * 100) / 100; }

/// The result file of a gradebook entry.
Result entered_result(const std::filesystem::path& file) {
  std::optional<Result> result = read_result(file);
  if (!result) {
    throw std::runtime_error(file.string() + " is missing. Bring it back, or remove grades.db and grade again.");
  }
  return std::move(*result);
}

double score_of(const GradedSubmission& submission, const Policy& policy) {
  const auto late = policy.seconds_late(submission.student, submission.lab, submission.submitted_at);
  return submission.points * (1 - policy.penalty_percent(late) / whole_percent);
}

/// Whether attempt b, which is later than a, counts instead of a.
bool counts_more(const GradedSubmission& b, const GradedSubmission& a, const Policy& policy) {
  return policy.counts == Policy::Counts::last || score_of(b, policy) >= score_of(a, policy);
}

}  // namespace

Grade grade_of(const Result& result) {
  Grade grade;
  grade.result = result;
  grade.submitted_at = result.submitted_at;
  grade.score = result.points();
  return grade;
}

std::vector<Grade> grades_of(Gradebook& gradebook, const std::filesystem::path& results, const Policy& policy,
                             const std::string& lab) {
  // Choose the attempt of each student
  std::map<std::string, GradedSubmission> chosen;
  std::map<std::string, std::size_t> attempts;
  for (const GradedSubmission& submission : gradebook.submissions(lab)) {
    const auto [before, is_first] = chosen.try_emplace(submission.student, submission);
    if (!is_first && counts_more(submission, before->second, policy)) {
      before->second = submission;
    }
    ++attempts[submission.student];
  }

  // Subtract the penalty for lateness; overrides replace the score
  const std::map<std::string, Override> overrides = gradebook.overrides(lab);
  std::vector<Grade> grades;
  for (const auto& [student, submission] : chosen) {
    Grade& grade = grades.emplace_back();
    grade.result = entered_result(results / submission.file);
    grade.submitted_at = submission.submitted_at;
    grade.attempts = attempts[student];
    grade.seconds_late = policy.seconds_late(student, lab, submission.submitted_at);
    grade.penalty_percent = policy.penalty_percent(grade.seconds_late);
    grade.score = rounded(score_of(submission, policy));
    if (const auto found = overrides.find(student); found != overrides.end()) {
      grade.override = found->second;
      grade.score = rounded(found->second.score);
    }
  }
  return grades;
}

std::vector<std::string> graded_labs(Gradebook& gradebook) {
  std::set<std::string> labs;
  for (const GradedSubmission& submission : gradebook.submissions()) {
    labs.insert(submission.lab);
  }
  return {labs.begin(), labs.end()};
}

std::string score_text(double score) {
  std::string text = fmt::format("{:.2f}", score);
  text.erase(text.find_last_not_of('0') + 1);
  return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace grader
