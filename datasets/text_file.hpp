#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nn {

/// The file of that name in the folder, or its compressed form, NAME.gz. Throws std::runtime_error, which names it, if
/// there is neither.
std::filesystem::path find_plain_or_gz(const std::filesystem::path& folder, const std::string& name);

/// All of a text file, decompressed if it is a gzip file. Throws std::runtime_error, which names the file, if it cannot
/// be read or is cut off, Utf8Error, which names the file and the place, if it is not UTF-8.
std::string read_text_file(const std::filesystem::path& path);

/// Its lines, as lines_of makes them.
std::vector<std::string> read_text_lines(const std::filesystem::path& path);

}  // namespace nn
