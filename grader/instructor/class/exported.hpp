#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "class/roster.hpp"

namespace grader {

/// What the program that exported a submission says about it.
struct Exported {
  std::vector<Person> submitters;    // at least one; they share a group if they are several
  std::optional<std::int64_t> time;  // when they handed it in, in seconds since 1970
  std::string loose_file;            // of Canvas: the entry is one file of the submission, which the student called so
  bool is_late = false;              // Canvas says so
};

/// Reads who handed in what from the entries of a folder that Moodle, Canvas or Gradescope exported; by the entry's
/// file name, and only those that are exported.
///
/// Moodle (assignment, "Download all submissions", unpacked) calls a folder or file by name and participant:
/// `Kim Minsu_123456_assignsubmission_file_`. The student is called Kim_Minsu_123456.
///
/// Canvas ("Download Submissions", unpacked) puts every file beside the others, with the student's name, the number of
/// the user and of the submission: `kimminsu_LATE_12345_67890_mlp-1.cpp`, where -1 is added to the name of a second
/// try. The student is called kimminsu_12345.
///
/// Gradescope ("Export submissions", unpacked) puts a file submission_metadata.yml beside the folders:
///
///     submission_123:
///       :submitters:
///       - :name: Kim Minsu
///         :sid: '20231234'
///         :email: minsu@example.edu
///       :created_at: 2026-11-20 10:00:00.123456000 +09:00     (or an object with such a time as `utc`)
///
/// The student is called Kim_Minsu_20231234, or by name and e-mail address without a sid. Throws std::runtime_error
/// that names file and submission if it is another file of this name.
std::map<std::string, Exported> exported_entries(const std::vector<std::filesystem::path>& entries);

}  // namespace grader
