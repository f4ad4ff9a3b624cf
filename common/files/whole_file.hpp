#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace nn {

/// Every byte of a file. Throws std::runtime_error that names it if it cannot be read.
std::string read_whole(const std::filesystem::path& path);

/// Writes a file, and its folder if there is none: under a temporary name beside path, synced to the disk and then
/// renamed, so that nobody ever sees half of it. Throws std::system_error, and leaves an older file as it was, if that
/// fails.
void write_whole(const std::filesystem::path& path, std::span<const std::byte> bytes);
void write_whole(const std::filesystem::path& path, std::string_view text);

}  // namespace nn
