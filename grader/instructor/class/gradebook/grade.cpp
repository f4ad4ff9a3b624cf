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

double score_of(const GradedAttempt& attempt, const Policy& policy) {
  const auto late = policy.seconds_late(attempt.student, attempt.lab, attempt.submitted_at);
  return attempt.points * (1 - policy.penalty_percent(late) / whole_percent);
}

/// Whether attempt b, which came after a, counts in its place.
bool counts_more(const GradedAttempt& b, const GradedAttempt& a, const Policy& policy) {
  return policy.counts == Policy::Counts::last || score_of(b, policy) >= score_of(a, policy);
}

}  // namespace

Result entered_result(const std::filesystem::path& file) {
  std::optional<Result> result = read_result(file);
  if (!result) {
    throw std::runtime_error(file.string() + " is missing. Bring it back, or remove grades.db and grade again.");
  }
  return std::move(*result);
}

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
  std::map<std::string, GradedAttempt> chosen;
  std::map<std::string, std::size_t> attempts;
  for (const GradedAttempt& attempt : gradebook.attempts(lab)) {
    const auto [before, is_first] = chosen.try_emplace(attempt.student, attempt);
    if (!is_first && counts_more(attempt, before->second, policy)) {
      before->second = attempt;
    }
    ++attempts[attempt.student];
  }

  // Subtract the penalty for lateness; overrides replace the score
  const std::map<std::string, Override> overrides = gradebook.overrides(lab);
  std::vector<Grade> grades;
  for (const auto& [student, attempt] : chosen) {
    Grade& grade = grades.emplace_back();
    grade.result = entered_result(results / attempt.file);
    grade.submitted_at = attempt.submitted_at;
    grade.attempts = attempts[student];
    grade.seconds_late = policy.seconds_late(student, lab, attempt.submitted_at);
    grade.penalty_percent = policy.penalty_percent(grade.seconds_late);
    grade.score = rounded(score_of(attempt, policy));
    if (const auto found = overrides.find(student); found != overrides.end()) {
      grade.override = found->second;
      grade.score = rounded(found->second.score);
    }
  }
  return grades;
}

std::vector<std::string> graded_labs(Gradebook& gradebook) {
  std::set<std::string> labs;
  for (const GradedAttempt& attempt : gradebook.attempts()) {
    labs.insert(attempt.lab);
  }
  return {labs.begin(), labs.end()};
}

std::string score_text(double score) {
  std::string text = fmt::format("{:.2f}", score);
  text.erase(text.find_last_not_of('0') + 1);
  return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace grader
