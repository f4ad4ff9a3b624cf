#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace nn {

/// All bytes of a file. Throws std::runtime_error that names the file if it cannot be read.
std::string read_whole(const std::filesystem::path& path);

/// Writes a file, and its folder if there is none: under a temporary name in the same folder, synced to disk, then
/// renamed, so that nobody ever sees half a file. If that fails, throws std::system_error and leaves an older file as
/// it was.
void write_whole(const std::filesystem::path& path, std::span<const std::byte> bytes);
void write_whole(const std::filesystem::path& path, std::string_view text);

}  // namespace nn
