#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace grader {

/// SHA-256 (FIPS 180-4) of the bytes, as 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

/// The same for a file's content. Throws std::runtime_error if it cannot be read.
std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace grader
