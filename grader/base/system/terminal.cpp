#include "system/terminal.hpp"

#include <algorithm>
#include <cstdlib>
#include <cwchar>
#include <fmt/format.h>
#include <locale.h>
#include <unistd.h>

namespace grader {

namespace {

bool colours() {
  static const bool answer = [] {
    const char* no_colour = std::getenv("NO_COLOR");
    const char* kind = std::getenv("TERM");
    return is_terminal() && (no_colour == nullptr || *no_colour == '\0') &&
           (kind == nullptr || std::string_view(kind) != "dumb");
  }();
  return answer;
}

std::string styled(std::string_view text, int code) {
  return colours() ? fmt::format("\033[{}m{}\033[0m", code, text) : std::string(text);
}

/// One character of a UTF-8 text: its bytes and columns. What is no character is a byte in one column.
struct Character {
  std::size_t bytes;
  std::size_t columns;
};

/// The first character of a text that is not empty.
Character first_character(std::string_view text) {
  static const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (utf8 == locale_t{}) return {1, 1};
  const locale_t before = uselocale(utf8);
  wchar_t letter = 0;
  std::mbstate_t state{};
  const std::size_t bytes = std::mbrtowc(&letter, text.data(), text.size(), &state);
  const int columns = wcwidth(letter);
  uselocale(before);
  if (bytes == 0 || bytes > text.size() || columns < 0) return {1, 1};
  return {bytes, static_cast<std::size_t>(columns)};
}

}  // namespace

std::string bold(std::string_view text) { return styled(text, 1); }
std::string dim(std::string_view text) { return styled(text, 2); }
std::string red(std::string_view text) { return styled(text, 31); }
std::string green(std::string_view text) { return styled(text, 32); }
std::string yellow(std::string_view text) { return styled(text, 33); }

bool is_terminal() { return isatty(STDOUT_FILENO) == 1; }

std::string bar(std::size_t part, std::size_t whole, std::size_t width) {
  std::size_t filled = whole == 0 ? 0 : std::min(part, whole) * width / whole;
  if (part > 0 && filled == 0) {
    filled = 1;
  }
  std::string text;
  for (std::size_t i = 0; i < width; ++i) {
    text += i < filled ? "█" : "░";
  }
  return text;
}

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const Character character = first_character(text);
    columns += character.columns;
    text.remove_prefix(character.bytes);
  }
  return columns;
}

std::string fitted(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  if (width <= columns) return std::string(text) + std::string(columns - width, ' ');

  // Keep what leaves a column for the dots
  std::size_t kept = 0;
  std::size_t used = 0;
  while (true) {
    const Character character = first_character(text.substr(kept));
    if (used + character.columns + 1 > columns) break;
    kept += character.bytes;
    used += character.columns;
  }
  return std::string(text.substr(0, kept)) + "…" + std::string(columns - used - 1, ' ');
}

std::string counted(std::size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string indented(std::string_view text, std::size_t spaces, std::size_t max_lines) {
  std::string result;
  std::size_t lines = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (++lines <= max_lines) {
      result += fmt::format("{:{}}{}\n", "", spaces, text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (lines > max_lines) {
    result += fmt::format("{:{}}... and {}\n", "", spaces, counted(lines - max_lines, "more line"));
  }
  return result;
}

}  // namespace grader
