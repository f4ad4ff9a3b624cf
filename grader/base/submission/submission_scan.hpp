#pragma once

#include <chrono>
#include <optional>
#include <stdexcept>

#include "submission/submission.hpp"

namespace grader {

/// Why a submission is not read to its end, as a message for the student.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class EntryKind { regular, folder, link, special };

/// Chooses the files that count among the entries of a folder or archive.
class SubmissionScan {
 public:
  SubmissionScan(const Wanted& wanted, const SubmissionLimits& limits);

  /// An allowed file, and the folder that contains it, such as "kim/lab"; empty for the root.
  struct Place {
    std::string folder;
    std::string name;
  };
  /// Adds an entry. Asks for its content if it may count. Throws Refused beyond the limits.
  std::optional<Place> enter(const std::string& path, EntryKind kind);
  /// Counts the bytes that were read of any entry. Throws Refused beyond the limits.
  void count(std::size_t bytes);
  /// The content for a place; at least one byte more than the limit if the file is too large.
  void add(const Place& place, std::string content);
  void ignore(const std::string& path, const std::string& why = "");

  /// Moves files and ignored into the submission. Throws Refused if it cannot be graded.
  void finish(Submission& submission);

  const SubmissionLimits& limits() const { return limits_; }

 private:
  struct Candidate {
    std::string content;
    bool twice = false;
  };
  using Folder = std::map<std::string, Candidate>;

  void remember(const std::string& path);
  /// The path of the folder that counts alone; nothing if there is none.
  std::optional<std::string> one_folder() const;
  /// The files that count, by name, each with its folder; nothing if it is not clear which.
  std::map<std::string, std::string> chosen() const;
  /// What is there instead of the expected files, as a sentence; empty if nothing is.
  std::string instead() const;
  std::string problem_of(const std::string& name, const Candidate& candidate) const;

  std::vector<std::string> allowed_;
  std::string course_folder_;  // of these files in a whole course; empty for none
  SubmissionLimits limits_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::size_t entries_ = 0;
  std::size_t bytes_ = 0;
  std::map<std::string, Folder> folders_;  // by path
  std::vector<std::string> sources_;       // paths of a few other files of C++, those with a similar name first
  std::vector<std::string> others_;        // paths of a few files that are none
  std::vector<std::string> ignored_;
  std::size_t ignored_count_ = 0;
};

/// Whether operating systems leave a file or folder with this name behind: Thumbs.db, desktop.ini, .DS_Store, __MACOSX.
bool is_clutter(const std::string& name);

/// An untrusted name in a form that is safe to show on a line.
std::string shown(const std::string& name);

}  // namespace grader
