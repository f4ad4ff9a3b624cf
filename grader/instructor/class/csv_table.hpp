#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace grader {

/// A row of a CSV file, and the line where it begins.
struct Row {
  std::vector<std::string> cells;
  std::size_t line = 0;
};

/// The text of a CSV file in UTF-8, without a byte order mark; CP949, which Korean Excel writes, is converted. Throws
/// std::runtime_error that names the file if it cannot be read.
std::string text_of_csv(const std::filesystem::path& file);

/// The rows of a CSV text (RFC 4180); empty ones are left out. The separator is a comma or a semicolon, whichever the
/// first row has more of. Throws std::runtime_error that names the line if quotes do not match.
std::vector<Row> rows_of_csv(const std::string& text);

}  // namespace grader
