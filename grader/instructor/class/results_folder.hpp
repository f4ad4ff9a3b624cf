#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "judge/result.hpp"
#include "submission/submission.hpp"

namespace grader {

/// The result in a file, if the file exists. Throws std::runtime_error that says what to do if it is damaged.
std::optional<Result> read_result(const std::filesystem::path& file);

/// The results of one lab with one secret seed, in a folder with the lab's name:
///
///     results/02_mlp/grading.json                    lab and seed
///     results/02_mlp/submissions/kim/KEY.tar.gz      the files that kim handed in
///     results/02_mlp/results/kim/KEY-VERSION.json    what they got
///     results/02_mlp/reports/kim.md                  the result that counts, for kim to read
///
/// KEY is the beginning of the submission's hash and VERSION that of the lab, so neither a new submission nor a changed
/// lab replaces an older result. Every file is written whole and then renamed, so that interrupted grading can be
/// continued.
class ResultsFolder {
 public:
  /// Opens or makes the folder of the lab within `results`. Without a seed, an existing folder keeps its seed, and a
  /// new folder draws a secret seed. Throws std::runtime_error if the lab was graded there with another seed.
  ResultsFolder(const std::filesystem::path& results, const std::string& lab, std::optional<std::uint64_t> seed);

  std::uint64_t seed() const { return seed_; }
  const std::filesystem::path& path() const { return path_; }

  /// Whether there is a result for these files of this student, even a damaged one.
  bool has(const std::string& student, const std::string& sha256) const;

  /// Every result of these files of this student, or that by one version of the lab, if there is one. Throws
  /// std::runtime_error that names the file if it is damaged.
  std::vector<Result> all(const std::string& student, const std::string& sha256) const;
  std::optional<Result> find(const std::string& student, const std::string& sha256,
                             const std::string& lab_version) const;

  /// Keeps the submitted files, then the result.
  void write(const Submission& submission, const Result& result) const;

  /// The kept submissions, by student and time.
  std::vector<Submission> submissions(const std::vector<std::string>& allowed_files) const;

  /// Writes the report of a student. It replaces an older one.
  void write_report(const Result& result) const;

  /// The path of a result, relative to `results`.
  static std::filesystem::path file_of(const Result& result);

 private:
  /// All results for these files of this student.
  std::vector<std::filesystem::path> files_of(const std::string& student, const std::string& sha256) const;

  std::filesystem::path results_;
  std::filesystem::path path_;
  std::uint64_t seed_ = 0;
};

}  // namespace grader
