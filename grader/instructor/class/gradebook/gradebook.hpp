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

/// A score that an instructor set by hand, in place of the judge's.
struct Override {
  double score = 0;
  std::string reason;
  std::string author;
  std::string made_at;  // UTC
};

/// What the gradebook knows of one submission: its newest result.
struct GradedSubmission {
  std::string student;
  std::string lab;
  std::string submitted_at;    // UTC, of the first time that these files came
  std::filesystem::path file;  // of the result, relative to the folder of the gradebook
  unsigned points = 0;
  unsigned most_points = 0;
};

/// The grades of a course in an SQLite file, results/grades.db: students, labs, submissions, results, the points of
/// every test, and overrides (gradebook/schema.cpp). The JSON files beside it hold the results in full; the gradebook
/// can be rebuilt from them, but for the overrides. Every change is a transaction. Several programs may use it at once.
class Gradebook {
 public:
  /// Opens the file, or makes it. Throws std::runtime_error if it is no gradebook, or one of another version.
  explicit Gradebook(const std::filesystem::path& file);

  /// Takes in a result that lies in `file`. What is there already stays as it is. Throws std::runtime_error if the
  /// gradebook cannot be written.
  void enter(const Result& result, const std::filesystem::path& file);

  /// The newest result of every submission, by lab, student and time. An empty lab means every lab.
  std::vector<GradedSubmission> submissions(const std::string& lab = "");

  /// The names of all students.
  std::vector<std::string> students();

  /// Sets a score by hand; the newest one counts. Throws std::runtime_error if the gradebook has no such student or if
  /// the score is no number of at least 0, or if reason or author are empty.
  void set_override(const std::string& student, const std::string& lab, const Override& override);

  /// Takes an override back: the judge's score counts again. Returns whether there was one.
  bool remove_override(const std::string& student, const std::string& lab);

  /// The overrides that count, by student.
  std::map<std::string, Override> overrides(const std::string& lab);

 private:
  void enter_all_of(const Result& result, const std::filesystem::path& file);

  SQLite::Database database_;
};

}  // namespace grader
