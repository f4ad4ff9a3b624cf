#include "system/terminal.hpp"

#include <algorithm>
#include <cstdlib>
#include <cwchar>
#include <fmt/format.h>
#include <locale.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <vector>

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

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Where the lines that continue this one begin.
std::size_t hanging_indent(std::string_view line, std::size_t width) {
  const std::size_t own = std::min(line.find_first_not_of(' '), line.size());
  const std::size_t gap = line.rfind("  ");
  const std::size_t column = gap == std::string_view::npos || gap < own ? own : display_width(line.substr(0, gap + 2));
  return column > width / 2 ? own : column;
}

/// Is it code as compilers show it: "   31 |   return x;" or "      |   ^"?
bool is_code(std::string_view line) {
  const std::size_t bar = line.find_first_not_of(" 0123456789");
  return bar != std::string_view::npos && bar > 0 && line[bar] == '|';
}

std::string wrapped_line(std::string_view line, std::size_t width) {
  const std::size_t indent = hanging_indent(line, width);
  std::string result;
  std::size_t column = 0;
  std::size_t at = 0;
  while (at < line.size()) {
    // Take a word with the spaces before it
    const std::size_t begin = std::min(line.find_first_not_of(' ', at), line.size());
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    const std::size_t wide = display_width(line.substr(at, end - at));
    if (column + wide > width && column > indent) {
      result += "\n" + std::string(indent, ' ');
      column = indent;
      at = begin;
    }
    result += line.substr(at, end - at);
    column += display_width(line.substr(at, end - at));
    at = end;
  }
  return result + "\n";
}

std::string cut_line(std::string_view line) {
  constexpr std::size_t longest = 500;
  return line.size() <= longest ? std::string(line)
                                : fmt::format("{} ... ({} bytes)", line.substr(0, longest), line.size());
}

}  // namespace

std::string bold(std::string_view text) { return styled(text, 1); }
std::string dim(std::string_view text) { return styled(text, 2); }
std::string red(std::string_view text) { return styled(text, 31); }
std::string green(std::string_view text) { return styled(text, 32); }
std::string yellow(std::string_view text) { return styled(text, 33); }

bool is_terminal() { return isatty(STDOUT_FILENO) == 1; }

std::size_t terminal_width(std::size_t most) {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
    return most;
  }
  return std::clamp<std::size_t>(size.ws_col, 40, most);
}

std::size_t terminal_height() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 ? 50 : size.ws_row;
}

std::string wrapped(std::string_view text, std::size_t width) {
  std::string result;
  for (const std::string_view line : lines_of(text)) {
    result += display_width(line) <= width || is_code(line) ? std::string(line) + "\n" : wrapped_line(line, width);
  }
  if (!text.ends_with('\n') && !result.empty()) {
    result.pop_back();
  }
  return result;
}

void print_wrapped(std::string_view text) { fmt::print("{}", wrapped(text)); }

std::string shortened(std::string_view begin, std::string_view end, std::size_t dropped, std::size_t first,
                      std::size_t last) {
  // Join the two parts where nothing lies between; else a line that begins in the first is among those dropped
  const std::string whole = dropped == 0 ? fmt::format("{}{}", begin, end) : "";
  std::vector<std::string_view> lines = lines_of(dropped == 0 ? whole : begin.substr(0, begin.rfind('\n') + 1));
  if (dropped > 0) {
    const std::vector<std::string_view> more = lines_of(end);
    first = std::min(first, lines.size());
    last = std::min(last, more.size());
    lines.insert(lines.end(), more.begin(), more.end());
  }

  // Leave out the middle, and what was dropped there
  const std::size_t left_out = lines.size() - std::min(lines.size(), first + last);
  std::string result;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == first && left_out + dropped > 0) {
      result += fmt::format("... {} left out ...\n", counted(left_out + dropped, "line"));
    }
    if (i < first || i >= first + left_out) {
      result += cut_line(lines[i]) + "\n";
    }
  }
  return result;
}

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
    if (text.starts_with("\033[")) {
      text.remove_prefix(std::min(text.find('m'), text.size() - 1) + 1);
      continue;
    }
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
  const std::vector<std::string_view> lines = lines_of(text);
  std::string result;
  for (std::size_t i = 0; i < std::min(lines.size(), max_lines); ++i) {
    result += fmt::format("{:{}}{}\n", "", spaces, lines[i]);
  }
  if (lines.size() > max_lines) {
    result += fmt::format("{:{}}... and {}\n", "", spaces, counted(lines.size() - max_lines, "more line"));
  }
  return result;
}

}  // namespace grader
