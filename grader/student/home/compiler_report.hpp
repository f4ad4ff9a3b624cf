#pragma once

#include <filesystem>
#include <string>

#include "lab/lab.hpp"

namespace grader {

/// The first error in what ninja printed, with paths relative to root: the compiler's message with the line that it
/// points at, or the functions that the linker misses, or the last lines if neither is found.
std::string first_error(const std::string& report, const std::filesystem::path& root);

/// Keeps what the compiler said of every student's file that ninja compiled in this report, below the build folder:
/// ninja says it only when it compiles the file.
void keep_warnings(const std::filesystem::path& build_folder, const std::string& report);

/// Of the warnings about the student's files, as kept when each was compiled last, those that mostly mean a mistake (no
/// return, values used before they are set, what is unused, endless recursion, conditions that always hold): the first
/// whole, and how many follow. "" if there are none.
std::string warnings_of(const Lab& lab);

}  // namespace grader
