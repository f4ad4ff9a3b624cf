#include "class/gradebook/grade.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>

#include "class/results_folder.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

constexpr double whole_percent = 100;
constexpr std::size_t max_full_name = 80;

double rounded(double score) { return std::round(score * 100) / 100; }

double score_of(const GradedAttempt& attempt, const Policy& policy) {
  const auto late = policy.seconds_late(attempt.student, attempt.lab, attempt.submitted_at);
  return attempt.points * (1 - policy.penalty_percent(late) / whole_percent);
}

/// Whether attempt b, which came after a, counts in its place.
bool counts_more(const GradedAttempt& b, const GradedAttempt& a, const Policy& policy) {
  return policy.counts == Policy::Counts::last || score_of(b, policy) >= score_of(a, policy);
}

/// What counts for a student.
struct Tries {
  GradedAttempt chosen;
  std::string by;  // who handed it in
  std::size_t count = 0;
};

/// Goes through the attempts. Each is an attempt of everybody in the group of the student who handed it in.
std::map<std::string, Tries> tries_of(const std::vector<GradedAttempt>& attempts, const Policy& policy,
                                      const Roster& roster) {
  std::map<std::string, Tries> all;
  for (GradedAttempt attempt : attempts) {
    const std::string by = roster.student_called(attempt.student);
    std::vector<std::string> students = {by};
    if (const Person* person = roster.find(attempt.student)) {
      students.clear();
      for (const Person* member : roster.group_of(*person)) students.push_back(member->student);
    }
    for (const std::string& student : students) {
      attempt.student = student;
      Tries& tries = all[student];
      if (tries.count == 0 || counts_more(attempt, tries.chosen, policy)) {
        tries.chosen = attempt;
        tries.by = by;
      }
      ++tries.count;
    }
  }
  return all;
}

Grade grade_of_tries(const std::string& student, const Tries& tries, const Policy& policy,
                     const std::filesystem::path& results) {
  Grade grade;
  grade.result = entered_result(results / tries.chosen.file);
  grade.result.student = student;
  grade.submitted_at = tries.chosen.submitted_at;
  grade.attempts = tries.count;
  grade.seconds_late = policy.seconds_late(student, tries.chosen.lab, tries.chosen.submitted_at);
  grade.penalty_percent = policy.penalty_percent(grade.seconds_late);
  grade.score = rounded(score_of(tries.chosen, policy));
  grade.in_mean = grade.result.error.empty() || policy.missing == Policy::Missing::zero;
  return grade;
}

/// The grade of a student who handed in nothing: no points of the tests that others have.
Grade grade_of_nothing(const std::string& student, const Result& example, const Policy& policy) {
  Grade grade;
  grade.result.student = student;
  grade.result.lab = example.lab;
  grade.result.graded_at = example.graded_at;
  grade.result.lab_version = example.lab_version;
  grade.result.judge_version = example.judge_version;
  grade.result.seed = example.seed;
  grade.result.isolation = example.isolation;
  grade.result.error = nothing_handed_in;
  for (const TestResult& test : example.tests) grade.result.tests.emplace_back().test = test.test;
  grade.attempts = 0;
  grade.in_mean = policy.missing == Policy::Missing::zero;
  return grade;
}

}  // namespace

std::string Grade::title() const {
  return person.name.empty() || person.name == result.student
             ? result.student
             : fmt::format("{} ({})", result.student, inert(person.name, max_full_name));
}

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
                             const std::string& lab, const Roster& roster) {
  // Choose the attempt of each student, and make its grade
  const Policy called = policy.with_names(roster);
  std::map<std::string, Override> overrides;
  for (const auto& [student, override] : gradebook.overrides(lab)) overrides[roster.student_called(student)] = override;
  std::vector<Grade> grades;
  for (const auto& [student, tries] : tries_of(gradebook.attempts(lab), called, roster)) {
    grades.push_back(grade_of_tries(student, tries, called, results));
    grades.back().handed_in_by = tries.by == student ? "" : tries.by;
  }
  if (grades.empty()) return grades;

  // Everybody else in the roster handed in nothing
  const Result example = grades.front().result;
  std::set<std::string> students;
  for (const Grade& grade : grades) students.insert(grade.result.student);
  for (const Person& person : roster.people()) {
    if (!students.contains(person.student)) grades.push_back(grade_of_nothing(person.student, example, called));
  }
  std::ranges::sort(grades, {}, [](const Grade& grade) { return grade.result.student; });

  // Overrides replace the score
  for (Grade& grade : grades) {
    const std::string& student = grade.result.student;
    if (const Person* person = roster.find(student)) grade.person = *person;
    if (const auto found = overrides.find(student); found != overrides.end()) {
      grade.override = found->second;
      grade.score = rounded(found->second.score);
      grade.in_mean = true;
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
