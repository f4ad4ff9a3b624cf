#include "system/terminal.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
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
