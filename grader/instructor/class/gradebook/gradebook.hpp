#pragma once

#include <SQLiteCpp/Database.h>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "judge/result.hpp"
#include "submission/submission.hpp"

namespace grader {

/// A score that an instructor set by hand, instead of the judge's.
struct Override {
  double score = 0;
  std::string reason;
  std::string author;
  std::string made_at;  // UTC
};

/// One time that a student handed something in, with the result that counts for it.
struct GradedAttempt {
  std::string student;
  std::string lab;
  std::string sha256;          // of the files
  std::string submitted_at;    // UTC; "" if nobody knows
  std::filesystem::path file;  // of the result, relative to the folder of the gradebook
  unsigned points = 0;
};

/// The grades of a course in an SQLite file, results/grades.db: students, labs, submissions, attempts, results, the
/// points of every test, and overrides (gradebook/schema.cpp). The JSON files beside it hold the results in full; the
/// gradebook can be rebuilt from them, but for the overrides and for times. Every change is a transaction. Several
/// programs may use it at once.
class Gradebook {
 public:
  /// Opens the file, or makes it. Throws std::runtime_error if it is no gradebook, or one of a newer version.
  explicit Gradebook(const std::filesystem::path& file);

  /// Takes in that a student handed files in. Files that were found at the same time before, or that are those of the
  /// student's attempt that was entered last, are that attempt seen again: it keeps its time, unless another is told.
  /// Everything else is a new attempt, though its files may have come before. Returns the time that an attempt had, if
  /// it has another now. Throws std::runtime_error if the gradebook cannot be written.
  std::optional<std::string> enter_attempt(const std::string& student, const std::string& lab,
                                           const std::string& sha256, const SubmissionTime& time);

  /// Takes in a result that lies in `file`, and an attempt if there is none of these files. What is there already stays
  /// as it is. Throws std::runtime_error if the gradebook cannot be written.
  void enter(const Result& result, const std::filesystem::path& file);

  /// From now on, of several results of the same files the one by this version of the lab counts. Where there is none,
  /// the newest does.
  void let_count(const std::string& lab, const std::string& lab_version);

  /// Every attempt that has a result, by lab, student and time. An empty lab means every lab.
  std::vector<GradedAttempt> attempts(const std::string& lab = "");

  /// The names of all students.
  std::vector<std::string> students();

  /// Takes in a student who has perhaps handed in nothing.
  void enter_student(const std::string& student);

  /// Sets a score by hand; the newest one counts. Throws std::runtime_error if the gradebook has no such student, if
  /// the score is not a number of at least 0, or if reason or author are empty.
  void set_override(const std::string& student, const std::string& lab, const Override& override);

  /// Removes an override: the judge's score counts again. Returns whether there was one.
  bool remove_override(const std::string& student, const std::string& lab);

  /// The overrides that count, by student.
  std::map<std::string, Override> overrides(const std::string& lab);

 private:
  /// Makes a change whole or not at all, and returns what it returns.
  template <class Change>
  auto change(const Change& change);
  /// The row of these files, made if it is missing.
  std::int64_t enter_submission(const std::string& student, const std::string& lab, const std::string& sha256);

  SQLite::Database database_;
};

}  // namespace grader
