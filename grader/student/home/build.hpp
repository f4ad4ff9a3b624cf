#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "lab/lab.hpp"

namespace grader {

/// The message is for the student: the first error, in short.
class BuildError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Builds a target in build/check. First configures build/check if it is missing or was made for another path. Shows
/// the progress if there is something to do. Throws BuildError; the compiler's full report is then in
/// build/check/report.txt.
void build(const std::filesystem::path& root, const std::string& target);

/// The programs of a lab, "demo" among them, as its CMakeLists.txt names them. Configures build/check if needed.
std::vector<std::string> programs_of(const Lab& lab);

/// Configures build/check if needed, or anyway if there are options for CMake. Throws BuildError with what CMake says.
void configure(const std::filesystem::path& root, const std::vector<std::string>& options = {});

}  // namespace grader
