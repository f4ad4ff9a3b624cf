#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace grader {

/// The message is for the student: the first error, in short.
class BuildError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Builds a target in build/check. First configures build/check if it is missing or was made for another path. Shows
/// the progress if there is something to do. Throws BuildError; the compiler's full report is then in
/// build/check/report.txt.
void build(const std::filesystem::path& root, const std::string& target);

/// Configures build/check if needed. Throws BuildError with CMake's message.
void configure(const std::filesystem::path& root);

/// The first error in what ninja printed, with paths relative to root: the compiler's message with its source line, or
/// the functions that the linker does not find, or the last lines if there is neither.
std::string first_error(const std::string& report, const std::filesystem::path& root);

}  // namespace grader
