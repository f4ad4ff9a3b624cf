#include "class/pages/class_figures.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace grader {

namespace {

/// A quantile of the sorted numbers, interpolated between two of them.
double quantile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) {
    return 0;
  }
  const double position = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], position - static_cast<double>(below));
}

Distribution distribution_of(const std::vector<Grade>& grades) {
  Distribution distribution;
  std::vector<double> scores;
  for (const Grade& grade : grades) {
    if (grade.in_mean) scores.push_back(grade.score);
    distribution.max_points = std::max(distribution.max_points, grade.max_points());
  }
  if (scores.empty()) {
    return distribution;
  }

  std::ranges::sort(scores);
  distribution.mean = std::accumulate(scores.begin(), scores.end(), 0.0) / static_cast<double>(scores.size());
  distribution.lowest = scores.front();
  distribution.lower_quartile = quantile(scores, 0.25);
  distribution.median = quantile(scores, 0.5);
  distribution.upper_quartile = quantile(scores, 0.75);
  distribution.highest = scores.back();

  const double bins = static_cast<double>(distribution.bins.size());
  for (const double score : scores) {
    const double bin = distribution.max_points > 0 ? std::floor(score * bins / distribution.max_points) : 0;
    ++distribution.bins[static_cast<std::size_t>(std::clamp(bin, 0.0, bins - 1))];
  }
  return distribution;
}

std::vector<TestFigures> tests_of(const std::vector<Grade>& grades) {
  std::vector<TestFigures> tests;
  std::map<std::string, std::vector<double>> seconds;
  for (const Grade& grade : grades) {
    for (const TestResult& result : grade.result.tests) {
      // Add a test that has not been seen before
      auto test = std::ranges::find(tests, result.test.name, [](const TestFigures& t) { return t.test.name; });
      if (test == tests.end()) {
        test = tests.insert(tests.end(), TestFigures{.test = result.test});
      }

      // Count what ran
      if (did_run(grade.result)) {
        ++test->runs;
        ++test->by_status[static_cast<std::size_t>(result.status)];
        seconds[result.test.name].push_back(result.seconds);
      }
    }
  }
  for (TestFigures& test : tests) {
    std::vector<double>& times = seconds[test.test.name];
    std::ranges::sort(times);
    test.median_seconds = quantile(times, 0.5);
    test.max_seconds = quantile(times, 1);
  }
  return tests;
}

std::vector<MistakeFigures> mistakes_of(const std::vector<Grade>& grades) {
  // Count a student once, even if the mistake appears in several tests
  std::map<std::string, MistakeFigures> by_id;
  for (const Grade& grade : grades) {
    for (const TestResult& test : grade.result.tests) {
      for (const wire::Mistake& mistake : test.mistakes) {
        MistakeFigures& figures = by_id[mistake.id];
        figures.mistake = mistake;
        if (figures.students.empty() || figures.students.back() != grade.result.student) {
          figures.students.push_back(grade.result.student);
        }
      }
    }
  }
  std::vector<MistakeFigures> mistakes;
  for (const auto& [id, figures] : by_id) {
    mistakes.push_back(figures);
  }
  std::ranges::stable_sort(mistakes, std::ranges::greater(), [](const auto& m) { return m.students.size(); });
  return mistakes;
}

/// Submissions that must have equal results: equal files, graded by equal versions.
std::vector<std::vector<const Result*>> equal_submissions(const std::vector<Grade>& grades) {
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<const Result*>> groups;
  for (const Grade& grade : grades) {
    const Result& result = grade.result;
    groups[{result.sha256, result.lab_version, result.judge_version}].push_back(&result);
  }
  std::vector<std::vector<const Result*>> several;
  for (const auto& [key, results] : groups) {
    if (results.size() > 1) {
      several.push_back(results);
    }
  }
  return several;
}

/// The status of the test with this name, if it is in the result.
const TestResult* find_test(const Result& result, const std::string& name) {
  const auto test = std::ranges::find(result.tests, name, [](const TestResult& t) { return t.test.name; });
  return test == result.tests.end() ? nullptr : &*test;
}

std::vector<FlakyTest> flaky_tests(const std::vector<Grade>& grades, const std::vector<TestFigures>& tests) {
  std::vector<FlakyTest> flaky;
  const std::vector<std::vector<const Result*>> groups = equal_submissions(grades);
  for (const TestFigures& test : tests) {
    for (const std::vector<const Result*>& group : groups) {
      FlakyTest found{.test = test.test.name, .students = {}, .statuses = {}};
      for (const Result* result : group) {
        if (const TestResult* ended = find_test(*result, found.test)) {
          found.students.push_back(result->student);
          found.statuses.push_back(ended->status);
        }
      }
      if (std::set<Status>(found.statuses.begin(), found.statuses.end()).size() > 1) {
        flaky.push_back(found);
      }
    }
  }
  return flaky;
}

std::vector<std::vector<std::string>> identical_files(const std::vector<Grade>& grades) {
  std::map<std::string, std::vector<std::string>> by_files;
  for (const Grade& grade : grades) {
    if (grade.result.points() > 0) {
      by_files[grade.result.sha256].push_back(grade.result.student);
    }
  }
  std::vector<std::vector<std::string>> groups;
  for (const auto& [sha256, students] : by_files) {
    if (students.size() > 1) {
      groups.push_back(students);
    }
  }
  std::ranges::sort(groups);
  return groups;
}

}  // namespace

bool did_run(const Result& result) {
  return result.error.empty() &&
         std::ranges::none_of(result.tests, [](const TestResult& test) { return test.status == Status::not_built; });
}

ClassFigures figures_of(const std::vector<Grade>& grades) {
  ClassFigures figures;
  figures.scores = distribution_of(grades);
  std::vector<Grade> own;
  std::ranges::copy_if(grades, std::back_inserter(own), &Grade::is_own);
  figures.tests = tests_of(own);
  figures.mistakes = mistakes_of(own);
  figures.flaky = flaky_tests(own, figures.tests);
  figures.identical = identical_files(own);
  return figures;
}

}  // namespace grader
