#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "class/gradebook/grade.hpp"

namespace grader {

/// The distribution of the scores of a class: of those that are in its mean.
struct Distribution {
  double max_points = 0;
  double mean = 0;
  double lowest = 0;
  double lower_quartile = 0;  // between two scores: interpolated
  double median = 0;
  double upper_quartile = 0;
  double highest = 0;
  std::array<std::size_t, 10> bins{};  // by tenths of max_points; the last one includes everything above
};

/// The results of one test in the submissions that could be run.
struct TestFigures {
  TestInfo test;
  std::array<std::size_t, status_count> by_status{};  // how many had each status; not_built is always 0
  std::size_t runs = 0;
  double median_seconds = 0;
  double max_seconds = 0;

  std::size_t count(Status status) const { return by_status[static_cast<std::size_t>(status)]; }
};

/// A named mistake, and the students whose numbers match it.
struct MistakeFigures {
  wire::Mistake mistake;
  std::vector<std::string> students;
};

/// A test with different statuses for equal files and equal versions of lab and judge.
struct FlakyTest {
  std::string test;
  std::vector<std::string> students;  // the students with these files
  std::vector<Status> statuses;       // of each of them
};

/// The counts behind the page of a class. But for the scores, a submission of a group is counted once.
struct ClassFigures {
  Distribution scores;
  std::vector<TestFigures> tests;                   // in the order of the lab
  std::vector<MistakeFigures> mistakes;             // the most common first
  std::vector<FlakyTest> flaky;                     // in the order of the lab
  std::vector<std::vector<std::string>> identical;  // groups of students with equal files that earn points
};
ClassFigures figures_of(const std::vector<Grade>& grades);

/// Whether the tests of a submission were run: its files could be read and compiled.
bool did_run(const Result& result);

}  // namespace grader
