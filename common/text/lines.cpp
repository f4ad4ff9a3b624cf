#include "text/lines.hpp"

namespace nn {

std::vector<std::string> lines_of(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  if (text.back() == '\n') {
    text.remove_suffix(1);
  }
  std::vector<std::string> lines = fields_of(text, '\n');
  for (std::string& line : lines) {
    if (!line.empty() && line.back() == '\r') {
      line.pop_back();
    }
  }
  return lines;
}

std::vector<std::string> fields_of(std::string_view line, char separator) {
  std::vector<std::string> fields;
  for (std::size_t end = 0; (end = line.find(separator)) != std::string_view::npos; line.remove_prefix(end + 1)) {
    fields.emplace_back(line.substr(0, end));
  }
  fields.emplace_back(line);
  return fields;
}

std::vector<std::string> words_of(std::string_view line) {
  constexpr std::string_view white = " \t\r\n";
  std::vector<std::string> words;
  for (std::size_t begin = 0; (begin = line.find_first_not_of(white)) != std::string_view::npos;) {
    line.remove_prefix(begin);
    words.emplace_back(line.substr(0, line.find_first_of(white)));
    line.remove_prefix(words.back().size());
  }
  return words;
}

}  // namespace nn
