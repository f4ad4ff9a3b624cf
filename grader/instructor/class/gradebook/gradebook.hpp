#pragma once

#include <SQLiteCpp/Database.h>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "judge/result.hpp"

namespace grader {

/// A score that an instructor set by hand, instead of the judge's.
struct Override {
  double score = 0;
  std::string reason;
  std::string author;
  std::string made_at;  // UTC
};

/// The gradebook's entry of one submission: its newest result.
struct GradedSubmission {
  std::string student;
  std::string lab;
  std::string submitted_at;    // UTC, when these files were first handed in
  std::filesystem::path file;  // of the result, relative to the folder of the gradebook
  unsigned points = 0;
  unsigned max_points = 0;
};

/// The grades of a course in an SQLite file, results/grades.db: students, labs, submissions, results, the points of
/// every test, and overrides (gradebook/schema.cpp). The JSON files next to it contain the full results; the gradebook
/// can be rebuilt from them, except for the overrides. Every change is a transaction. Several programs may use the
/// gradebook at the same time.
class Gradebook {
 public:
  /// Opens the file, or creates it. Throws std::runtime_error if it is not a gradebook, or has a different version.
  explicit Gradebook(const std::filesystem::path& file);

  /// Adds a result that is stored in `file`, unless it is already there. Throws std::runtime_error if the gradebook
  /// cannot be written.
  void enter(const Result& result, const std::filesystem::path& file);

  /// The newest result of every submission, by lab, student and time. An empty lab means every lab.
  std::vector<GradedSubmission> submissions(const std::string& lab = "");

  /// The names of all students.
  std::vector<std::string> students();

  /// Sets a score by hand; the newest one counts. Throws std::runtime_error if the gradebook has no such student, if
  /// the score is not a number of at least 0, or if reason or author are empty.
  void set_override(const std::string& student, const std::string& lab, const Override& override);

  /// Removes an override: the judge's score counts again. Returns whether there was one.
  bool remove_override(const std::string& student, const std::string& lab);

  /// The overrides that count, by student.
  std::map<std::string, Override> overrides(const std::string& lab);

 private:
  void enter_all_of(const Result& result, const std::filesystem::path& file);

  SQLite::Database database_;
};

}  // namespace grader
