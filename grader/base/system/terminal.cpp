#include "system/terminal.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
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
  const std::size_t column = gap == std::string_view::npos || gap < own ? own : columns_of(line.substr(0, gap + 2));
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
    const std::size_t wide = columns_of(line.substr(at, end - at));
    if (column + wide > width && column > indent) {
      result += "\n" + std::string(indent, ' ');
      column = indent;
      at = begin;
    }
    result += line.substr(at, end - at);
    column += columns_of(line.substr(at, end - at));
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

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\033[")) {
      i = std::min(text.find('m', i), text.size());
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++columns;
    }
  }
  return columns;
}

std::string wrapped(std::string_view text, std::size_t width) {
  std::string result;
  for (const std::string_view line : lines_of(text)) {
    result += columns_of(line) <= width || is_code(line) ? std::string(line) + "\n" : wrapped_line(line, width);
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
