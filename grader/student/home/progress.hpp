#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
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

/// The record of a lab.
struct LabProgress {
  std::vector<TestRecord> tests;             // in the lab's order
  std::map<std::string, std::size_t> hints;  // by task: how many of its hints have been shown

  /// Points earned, and the maximum.
  unsigned points() const;
  unsigned possible() const;
  /// Was every test run on the files with this fingerprint?
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

/// What to do next.
struct NextStep {
  std::string why;      // "Write task 2.3 in labs/02_mlp/mlp.cpp, then type"
  std::string command;  // "./course test 02 2.3"
};

/// The next step in this lab; nothing if all of its tests have passed.
std::optional<NextStep> next_step(const Lab& lab, const LabProgress& progress);

/// The next step in the course: in the first lab that is not complete; if all are, the last lab's demo.
NextStep next_step(const std::vector<Lab>& labs, const CourseProgress& progress);

}  // namespace grader
