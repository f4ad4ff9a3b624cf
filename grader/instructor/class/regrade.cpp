#include "class/regrade.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <utility>

#include "class/gradebook/grade.hpp"
#include "class/grading.hpp"
#include "judge/lab_version.hpp"

namespace grader {

namespace {

/// Results that are not accepted yet: a separate folder of results inside that of the lab.
ResultsFolder waiting_folder(const Lab& lab, const ResultsFolder& folder) {
  return {folder.path() / "regraded", lab.name, folder.seed()};
}

/// The results that count now, by student and files.
std::map<std::pair<std::string, std::string>, Result> counting_results(const Lab& lab, const ResultsFolder& folder,
                                                                       Gradebook& gradebook) {
  std::map<std::pair<std::string, std::string>, Result> results;
  for (const GradedAttempt& attempt : gradebook.attempts(lab.name)) {
    results[{attempt.student, attempt.sha256}] = entered_result(folder.path().parent_path() / attempt.file);
  }
  return results;
}

std::string reason_of(const TestResult& before, const TestResult& after) {
  const bool told = after.status != Status::passed && !after.messages.empty();
  return fmt::format("{}: {} -> {} points, {} -> {}{}", after.test.name, before.points, after.points,
                     words_of(before.status), words_of(after.status), told ? ": " + after.messages.front() : "");
}

}  // namespace

Change change_between(const Result& before, const Result& after) {
  Change change{after.student, before.points(), after.points(), {}};
  std::map<std::string, const TestResult*> old_tests;
  for (const TestResult& test : before.tests) {
    old_tests[test.test.name] = &test;
  }
  for (const TestResult& test : after.tests) {
    const auto old_test = old_tests.find(test.test.name);
    if (old_test == old_tests.end()) {
      change.reasons.push_back(fmt::format("{}: new, {} of {} points", test.test.name, test.points, test.test.points));
    } else if (old_test->second->points != test.points) {
      change.reasons.push_back(reason_of(*old_test->second, test));
    }
    old_tests.erase(test.test.name);
  }
  for (const auto& [name, test] : old_tests) {
    change.reasons.push_back(fmt::format("{}: this test no longer exists; it had {} points", name, test->points));
  }
  if (before.error != after.error) {
    change.reasons.push_back(after.error.empty() ? "can be graded now" : after.error);
  }
  return change;
}

std::vector<Change> regrade(const Lab& lab, const std::vector<Submission>& submissions, const ResultsFolder& folder,
                            Gradebook& gradebook, Isolation isolation, std::size_t jobs) {
  // Grade what has no result by the lab of today
  const std::string version = lab_version(lab);
  const ResultsFolder waiting = waiting_folder(lab, folder);
  const auto by_today = [&](const Submission& submission) {
    const auto result = folder.find(submission.student, submission.sha256, version);
    return result ? result : waiting.find(submission.student, submission.sha256, version);
  };
  std::vector<Submission> left;
  std::ranges::copy_if(submissions, std::back_inserter(left),
                       [&](const Submission& submission) { return !by_today(submission); });
  grade_all(lab, left, waiting, isolation, jobs);

  // Compare with what counts now
  const auto counting = counting_results(lab, folder, gradebook);
  std::vector<Change> changes;
  for (const Submission& submission : submissions) {
    const auto before = counting.find({submission.student, submission.sha256});
    const auto after = by_today(submission);
    if (before != counting.end() && after) {
      Change change = change_between(before->second, *after);
      if (!change.reasons.empty()) {
        changes.push_back(std::move(change));
      }
    }
  }
  return changes;
}

void accept_regraded(const Lab& lab, const std::vector<Submission>& submissions, const ResultsFolder& folder) {
  const std::string version = lab_version(lab);
  const ResultsFolder waiting = waiting_folder(lab, folder);
  for (const Submission& submission : submissions) {
    if (const auto result = waiting.find(submission.student, submission.sha256, version)) {
      folder.write(submission, *result);
    }
  }
  std::filesystem::remove_all(folder.path() / "regraded");
}

}  // namespace grader
