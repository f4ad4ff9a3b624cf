#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "lab/lab.hpp"
#include "lab/status.hpp"

namespace grader {

/// The last run of a test at home.
struct TestRecord {
  TestInfo test;
  Status status = Status::todo;
  std::string files;  // fingerprint of the student's files at that time
};

/// The tests of a task, taken together.
struct TaskProgress {
  std::string name;  // "2.3"
  unsigned points = 0;
  unsigned possible = 0;
  bool failed = false;          // does one fail that is not only not done yet?
  bool done = true;             // do all pass?
  std::set<std::string> files;  // fingerprints of what its tests ran on

  bool is_older_than(const std::string& now) const { return !files.empty() && files != std::set{now}; }
};

/// What is remembered of a lab.
struct LabProgress {
  std::vector<TestRecord> tests;             // in the lab's order
  std::map<std::string, std::size_t> hints;  // by task: how many of its hints have been read
  std::int64_t tested = 0;                   // when its tests ran last, in seconds since 1970; 0 for never
  std::string task;                          // the one task that was tested last; "" if all were

  /// Points earned, and the maximum.
  unsigned points() const;
  unsigned possible() const;
  /// Its tasks, in order.
  std::vector<TaskProgress> tasks() const;
  /// Was every test run on the files of this fingerprint?
  bool is_current(const std::string& files) const;
  /// Is the record current, and did every test pass?
  bool is_complete(const std::string& files) const;
};

/// The records of the labs, by name: .course/progress.json.
using CourseProgress = std::map<std::string, LabProgress>;

/// Reads the file. A damaged file is renamed, with a message on standard error, and the records start empty.
CourseProgress load_progress(const std::filesystem::path& root);

/// Changes the file. It is written whole, then renamed, so that neither an interruption nor a second run at the same
/// time damages it. Returns the new records.
CourseProgress update_progress(const std::filesystem::path& root, const std::function<void(CourseProgress&)>& change);

/// A fingerprint of the files that the student edits. Equal fingerprints mean equal files. A missing file has its own
/// fingerprint.
std::string fingerprint(const Lab& lab);

/// Are all files that the student edits still equal to the starter?
bool is_untouched(const Lab& lab);

/// The files that the student edits and that are missing.
std::vector<std::string> missing_files(const Lab& lab);

}  // namespace grader
