#pragma once

#include <filesystem>

namespace grader {

/// Renames a file or folder to the first free name of mlp.cpp.backup-1, mlp.cpp.backup-2, ..., and returns the new
/// path. Git ignores such names.
std::filesystem::path set_aside(const std::filesystem::path& path);

}  // namespace grader
