#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "result.hpp"

namespace grader {

/// A folder that holds the results of one lab graded with one seed: grading.json (lab and seed), and for each student
/// NAME.json (the result) and NAME.md (the report). Every file is written whole and then renamed, so grading that was
/// interrupted goes on where it was.
class ResultsFolder {
 public:
  /// Opens or makes the folder. Without a seed, one that is there goes on with its own, and a new one draws a secret
  /// seed. Throws std::runtime_error if the folder holds results of another lab or seed.
  ResultsFolder(const std::filesystem::path& path, const std::string& lab, std::optional<std::uint64_t> seed);

  std::uint64_t seed() const { return seed_; }

  /// The finished result of these files of this student, if there is one.
  std::optional<Result> find(const std::string& student, const std::string& sha256) const;

  void write(const Result& result) const;

 private:
  std::filesystem::path path_;
  std::uint64_t seed_ = 0;
};

}  // namespace grader
