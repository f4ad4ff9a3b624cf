#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nn {

/// The lines of a text, without their ends, which are "\n" or "\r\n"; the last line may have none. Nothing else is
/// removed: empty lines and spaces are kept. "a\n\nb" has the lines "a", "" and "b", and so has "a\n\nb\n".
std::vector<std::string> lines_of(std::string_view text);

/// The parts of a line between separators: "a\t\tb" at tabs is "a", "" and "b"; an empty line is one empty part.
std::vector<std::string> fields_of(std::string_view line, char separator);

/// The words of a line: its parts between spaces, tabs and line ends, without empty ones.
std::vector<std::string> words_of(std::string_view line);

}  // namespace nn
