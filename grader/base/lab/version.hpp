#pragma once

#include <filesystem>
#include <string>

namespace grader {

/// The commit of the repository, as `git describe --always --tags --dirty` names it; "" outside of git.
std::string course_version(const std::filesystem::path& root);

}  // namespace grader
