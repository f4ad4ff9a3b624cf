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
  std::string student;                       // from the path's file name, by student_of
  std::map<std::string, std::string> files;  // content by name; allowed names only
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

/// Reads a folder, or a .tar, .tar.gz, .tgz or .zip archive, into memory; writes nothing. Allowed files count if they
/// are in the folder that holds all others with allowed files, such as the root; without such a folder, if each is the
/// only one of its name. Only regular files count; links, devices, absolute names and names with ".." are ignored, and
/// a folder is read without its hidden folders. It is an error if an allowed file is too large, is there twice or is
/// not text, or if there is no allowed file: then the error names files that are there instead. Never throws because of
/// the contents of a submission: `error` says what is wrong. Two paths may have the same student ("kim.zip" and
/// "kim/"): the caller distinguishes them.
Submission read_submission(const std::filesystem::path& path, const std::vector<std::string>& allowed_files,
                           const SubmissionLimits& limits = {});

/// Whether a path is named like an archive: .tar.gz, .tgz, .tar or .zip, in small or capital letters.
bool is_archive(const std::filesystem::path& path);

/// The student's name that read_submission derives from a path: printable, safe as a file name, without spaces and '~',
/// at most 80 bytes, never empty.
std::string student_of(const std::filesystem::path& path);

/// SHA-256, as 64 hexadecimal digits, of all names and contents in the order of the names, each preceded by its length.
std::string sha256_of(const std::map<std::string, std::string>& files);

}  // namespace grader
