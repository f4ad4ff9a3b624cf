#pragma once

#include <filesystem>
#include <string>

#include "lab/lab.hpp"

namespace grader {

/// The commit of the repository, as `git describe --always --tags --dirty` names it; "" outside of git.
std::string course_version(const std::filesystem::path& root);

/// Twelve hexadecimal digits that change with everything that influences the result of a submission: the lab's header,
/// tests and lab.json, its solution and mistakes, and common/.
std::string lab_version(const Lab& lab);

}  // namespace grader
