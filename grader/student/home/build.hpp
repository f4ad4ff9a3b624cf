#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace grader {

/// The message is for the student: the first error, short.
class BuildError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Builds a target in build/check, which is configured first if it is not there or was made for another place. Shows
/// how far it is if there is something to do. Throws BuildError; the compiler's full report is then in
/// build/check/report.txt.
void build(const std::filesystem::path& root, const std::string& target);

/// Configures build/check if needed. Throws BuildError with what CMake says.
void configure(const std::filesystem::path& root);

/// The first error in what ninja printed, with paths relative to root: the compiler's message with the line that it
/// points at, or the functions that the linker misses, or the last lines if neither is found.
std::string first_error(const std::string& report, const std::filesystem::path& root);

}  // namespace grader
