#include "home/compare_files.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "system/process.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

constexpr std::size_t least_for_two_columns = 100;

std::string run_diff(const std::vector<std::string>& options, const std::filesystem::path& mine,
                     const std::filesystem::path& reference) {
  Command command;
  command.arguments = {"diff"};
  command.arguments.insert(command.arguments.end(), options.begin(), options.end());
  command.arguments.insert(command.arguments.end(), {mine.string(), reference.string()});
  command.environment = {"LC_ALL=C.UTF-8"};
  try {
    return run(command).output;
  } catch (const std::system_error&) {
    throw std::runtime_error("the program diff is missing: sudo apt-get install diffutils");
  }
}

/// The line in the colour of what its sign says.
std::string coloured(const std::string& line, char sign) {
  return sign == '<' || sign == '-'   ? red(line)
         : sign == '>' || sign == '+' ? green(line)
         : sign == '|'                ? yellow(line)
                                      : line;
}

}  // namespace

std::size_t column_of_sign(std::size_t width) {
  const std::size_t right = (width + 4) / 2;
  return std::min(right - 3, width - right) + 1;
}

std::string compare_files(const std::filesystem::path& mine, const std::filesystem::path& reference,
                          std::size_t width) {
  const bool two_columns = width >= least_for_two_columns;
  const std::vector<std::string> options =
      two_columns ? std::vector<std::string>{"--side-by-side", "--expand-tabs", fmt::format("--width={}", width)}
                  : std::vector<std::string>{"--unified", "--label=yours", "--label=reference"};
  const std::size_t sign = two_columns ? column_of_sign(width) : 0;
  std::istringstream lines(run_diff(options, mine, reference));
  std::string text;
  bool differs = false;
  for (std::string line; std::getline(lines, line);) {
    const char mark = sign < line.size() ? line[sign] : ' ';
    differs = differs || std::string_view("<>|-+").find(mark) != std::string_view::npos;
    text += coloured(line, mark) + "\n";
  }
  return differs ? text : "";
}

}  // namespace grader
