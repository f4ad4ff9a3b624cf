#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace grader {

/// The content of a file. Throws std::runtime_error that names it if it cannot be read.
std::string read_text(const std::filesystem::path& path);

/// Writes a file, and its folder if there is none: whole, synced, then renamed, so that nobody ever sees half of it.
/// Throws std::system_error if that fails; an older file stays as it was.
void write_text(const std::filesystem::path& path, std::string_view text);

}  // namespace grader
