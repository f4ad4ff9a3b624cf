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
  std::vector<std::string> ignored;  // what else was in it, made printable; the last entry counts what is left out
  std::string error;                 // why it cannot be graded, in words for the student; empty if it can
  std::string sha256;                // of files, by sha256_of; of the error if there is one
  SubmissionTime submitted;          // by read_cohort
};

/// How much of a submission is looked at.
struct SubmissionLimits {
  std::size_t file_bytes = 1 << 20;       // of one allowed file
  std::size_t entries = 10'000;           // files and folders
  std::size_t scanned_bytes = 256 << 20;  // of all entries, uncompressed; of the archive, compressed
  double seconds = 10;
  std::size_t ignored_names = 50;
};

/// Reads a folder, or a .tar, .tar.gz, .tgz or .zip archive, into memory; writes nothing. An allowed file counts where
/// it lies at the root or, if there is none, in the only top folder that holds some. Only regular files count; links,
/// devices, absolute names and names with ".." are ignored. An allowed file that is too large, there twice or no text
/// is an error, as is a submission without any. Never throws for what a submission is or holds: what is wrong is its
/// `error`. Two paths may lead to the same student ("kim.zip" and "kim/"): the caller keeps them apart.
Submission read_submission(const std::filesystem::path& path, const std::vector<std::string>& allowed_files,
                           const SubmissionLimits& limits = {});

/// The student's name that read_submission makes of a path: printable, safe as a file name, without spaces and '~', at
/// most 80 bytes, never empty.
std::string student_of(const std::filesystem::path& path);

/// SHA-256, as 64 hexadecimal digits, of every name and content in the order of the names, each with its length in
/// front.
std::string sha256_of(const std::map<std::string, std::string>& files);

}  // namespace grader
