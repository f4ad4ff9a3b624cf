#include "home/build.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <vector>

#include "home/build_progress.hpp"
#include "system/file_lock.hpp"
#include "system/process.hpp"
#include "system/terminal.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr const char* build_folder = "build/check";
constexpr std::size_t max_error_lines = 8;
constexpr std::size_t max_report_lines = 30;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

/// Is it an error of the compiler? Errors of the linker are read by linker_error.
bool is_error(const std::string& line) {
  const bool linker =
      line.starts_with("collect2: ") || line.starts_with("mold: ") || contains(line, "linker command failed");
  return !linker && (contains(line, ": error: ") || contains(line, ": fatal error: "));
}

/// Does the line start a new message, so that the one before is complete?
bool starts_message(const std::string& line) {
  return is_error(line) || contains(line, ": warning: ") || contains(line, ": note: ") || contains(line, ": In ") ||
         contains(line, "In file included from ") || contains(line, "error generated") || contains(line, "ninja: ") ||
         contains(line, "errors generated") || contains(line, "FAILED: ") || line.starts_with("[");
}

/// The text between the linker's quotes around a symbol: `nn::f(int)'.
std::string quoted(const std::string& line) {
  const std::size_t begin = line.find('`') + 1;
  return line.substr(begin, line.rfind('\'') - begin);
}

/// The first error of the compiler, and the number of further errors; "" if there is none.
std::string compiler_error(const std::vector<std::string>& lines) {
  const auto first = std::find_if(lines.begin(), lines.end(), is_error);
  if (first == lines.end()) {
    return "";
  }
  std::string text;
  // An error inside a template of a header is caused by a line of the student, which is named before it
  for (auto line = lines.begin(); line != first; ++line) {
    if (contains(*line, "required from here") && (line->starts_with("labs/") || line->starts_with("solutions/"))) {
      text = *line + "\n";
    }
  }
  text += *first + "\n";
  std::size_t shown = 1;
  for (auto line = first + 1; line != lines.end() && !starts_message(*line) && shown < max_error_lines; ++line) {
    text += *line + "\n";
    ++shown;
  }
  const auto others = std::count_if(first + 1, lines.end(), is_error);
  if (others > 0) {
    text += fmt::format("\n{} may have the same cause: correct this one first.\n",
                        counted(static_cast<std::size_t>(others), "more error"));
  }
  return text;
}

/// The text after the last occurrence of these words in the line.
std::string after(const std::string& line, std::string_view words) {
  return line.substr(line.rfind(words) + words.size());
}

/// The functions that are missing or defined twice, as reported by ld or mold; "" if there are none.
std::string linker_error(const std::vector<std::string>& lines) {
  std::set<std::string> missing;
  std::set<std::string> twice;
  for (const std::string& line : lines) {
    if (contains(line, "undefined reference to `")) {
      missing.insert(quoted(line));
    } else if (contains(line, "multiple definition of `")) {
      twice.insert(line.substr(line.find('`') + 1, line.find('\'', line.find('`')) - line.find('`') - 1));
    } else if (contains(line, "undefined symbol: ")) {
      missing.insert(after(line, ": "));
    } else if (contains(line, "duplicate symbol: ")) {
      twice.insert(after(line, ": "));
    }
  }
  std::string text;
  if (!missing.empty()) {
    text += fmt::format("Declared, but not defined in any file (compare the .cpp with the header):\n  {}\n",
                        fmt::join(missing, "\n  "));
  }
  if (!twice.empty()) {
    text += fmt::format("Defined more than once:\n  {}\n", fmt::join(twice, "\n  "));
  }
  return text;
}

std::string without_root(std::string text, const fs::path& root) {
  const std::string prefix = root.string() + "/";
  for (std::size_t at = 0; (at = text.find(prefix, at)) != std::string::npos;) {
    text.erase(at, prefix.size());
  }
  return text;
}

Outcome run_tool(const fs::path& root, std::vector<std::string> arguments, const std::string& what) {
  BuildProgress progress(what);
  Command command;
  command.watch = [&](const std::string& output) { progress.show(output); };
  command.arguments = std::move(arguments);
  command.folder = root;
  command.environment = {"LC_ALL=C.UTF-8"};  // errors are recognised by their English text
  command.wall_limit = std::chrono::hours(2);
  command.output_limit = 16 << 20;
  return run(command);
}

/// Was the build folder made for this path? A copied or moved repository contains the build folder of its old path.
bool is_configured(const fs::path& root) {
  std::ifstream cache(root / build_folder / "CMakeCache.txt");
  const std::string wanted = "CMAKE_HOME_DIRECTORY:INTERNAL=" + root.string();
  for (std::string line; std::getline(cache, line);) {
    if (line == wanted) {
      return fs::exists(root / build_folder / "build.ninja");
    }
  }
  return false;
}

}  // namespace

std::string first_error(const std::string& report, const fs::path& root) {
  const std::vector<std::string> lines = lines_of(without_root(report, root));
  if (const std::string text = compiler_error(lines); !text.empty()) {
    return text;
  }
  if (const std::string text = linker_error(lines); !text.empty()) {
    return text;
  }
  const std::size_t skipped = lines.size() - std::min(lines.size(), max_report_lines);
  return fmt::format("{}\n", fmt::join(lines.begin() + static_cast<std::ptrdiff_t>(skipped), lines.end(), "\n"));
}

void configure(const fs::path& root) {
  if (is_configured(root)) {
    return;
  }
  const Outcome outcome = run_tool(root, {"cmake", "--fresh", "--preset", "check"}, "Preparing the build");
  if (!outcome.succeeded()) {
    throw BuildError(fmt::format("CMake cannot prepare {}:\n{}", build_folder, outcome.output));
  }
}

void build(const fs::path& root, const std::string& target) {
  const FileLock turn(root / "build" / "lock");
  configure(root);
  const Outcome outcome = run_tool(root, {"ninja", "-C", build_folder, target}, "Building " + target);
  if (outcome.succeeded()) {
    return;
  }
  if (contains(outcome.output, "unknown target")) {
    throw BuildError(fmt::format("there is no {} to build: the lab's CMakeLists.txt lists its programs", target));
  }
  std::ofstream(root / build_folder / "report.txt") << outcome.output;
  throw BuildError(fmt::format("{} does not build. The first error:\n\n{}\nThe full report: {}/report.txt", target,
                               first_error(outcome.output, root), build_folder));
}

}  // namespace grader
