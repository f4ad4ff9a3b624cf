#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace grader {

/// The message is for the student: the first error, short.
class BuildError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Builds a target of a preset ("check", "train"), and configures build/<preset> first if it is not there or was made
/// for another place. Says in a line what it does if there is something to do. Throws BuildError; the compiler's full
/// report is then in build/<preset>/report.txt.
void build(const std::filesystem::path& root, const std::string& preset, const std::string& target);

/// Configures build/<preset> if needed. Throws BuildError with what CMake says.
void configure(const std::filesystem::path& root, const std::string& preset);

/// The first error in what ninja printed, with paths relative to root: the compiler's message with the line that it
/// points at, or the functions that the linker misses, or the last lines if neither is found.
std::string first_error(const std::string& report, const std::filesystem::path& root);

}  // namespace grader
