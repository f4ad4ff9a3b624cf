#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace grader {

/// When a student handed something in, in seconds since 1970.
struct SubmissionTime {
  std::int64_t found = 0;            // the newest time of the files; 0 if nobody knows
  std::optional<std::int64_t> told;  // by somebody who knows better

  std::int64_t best() const { return told.value_or(found); }
};

/// What one student handed in.
struct Submission {
  std::string student;                       // from the path's last part, by student_of
  std::string named;                         // that part, in UTF-8
  std::map<std::string, std::string> files;  // content by name; allowed names only
  std::filesystem::path source;              // the folder or archive that was read
  std::vector<std::string> paths;            // where these files were in it
  std::vector<std::string> ignored;  // what else was in it, made printable; the last entry counts what is left out
  std::string error;                 // why it cannot be graded, in words for the student; empty if it can
  std::string sha256;                // of files, by sha256_of; of the error if there is one
  SubmissionTime submitted;          // by read_cohort
};

/// How much of a submission is read.
struct SubmissionLimits {
  std::size_t file_bytes = 1 << 20;       // of one allowed file
  std::size_t entries = 10'000;           // files and folders
  std::size_t depth = 16;                 // folders in folders; of a folder, not of an archive
  std::size_t scanned_bytes = 256 << 20;  // of all entries, uncompressed; of the archive, compressed
  double seconds = 10;
  std::size_t ignored_names = 50;
};

/// What is looked for in a submission.
struct Wanted {
  std::vector<std::string> files;
  std::string folder = {};  // where they are in a whole course: "labs/02_mlp"
};

/// Reads a folder, or a .tar, .tar.gz, .tgz or .zip archive, into memory; writes nothing. Allowed files count if they
/// are in the wanted folder of a whole course; else in the folder that holds all others with allowed files, such as the
/// root; without such a folder, if each is the only one of its name. If a folder has none that count, but one archive,
/// that is read.
///
/// Only regular files count; links, the path itself among them, devices, absolute names and names with ".." are
/// ignored, and a folder is read without its hidden folders. It is an error if an allowed file is too large, is there
/// twice or is not text, or if there is no allowed file: then the error names files that are there instead. Never
/// throws because of the contents of a submission: `error` says what is wrong. Two paths may have the same student
/// ("kim.zip" and "kim/"): the caller refuses them.
Submission read_submission(const std::filesystem::path& path, const Wanted& wanted,
                           const SubmissionLimits& limits = {});

/// The same for loose files, by the names under which they were handed in.
Submission read_files(const std::map<std::string, std::filesystem::path>& files, const Wanted& wanted,
                      const SubmissionLimits& limits = {});

/// Whether a path is named like an archive: .tar.gz, .tgz, .tar or .zip, in small or capital letters.
bool is_archive(const std::filesystem::path& path);

/// What a student with this name is called: in Unicode's normal form C, without an archive's ending, with "_" for
/// spaces; safe as a file name and on a terminal, at most 80 bytes, never empty. If more than spaces had to be
/// replaced, or something was cut off, "~" and the beginning of the name's SHA-256 follow: so the same name is called
/// the same every time, whoever else is in the class, and two names are called differently, except for '_' and a space.
/// What a student is called is called so itself.
std::string student_key(const std::string& name);

/// The same for the last part of a path.
std::string student_of(const std::filesystem::path& path);

/// SHA-256, as 64 hexadecimal digits, of all names and contents in the order of the names, each preceded by its length.
std::string sha256_of(const std::map<std::string, std::string>& files);

}  // namespace grader
