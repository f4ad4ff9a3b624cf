#include "home/compiler_report.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <string_view>
#include <vector>

#include "files/whole_file.hpp"
#include "system/terminal.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_lines_of_a_message = 8;
constexpr std::size_t most_lines_of_a_report = 30;

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

/// Is it an error of the compiler? What the linker says is read by linker_error.
bool is_error(const std::string& line) {
  const bool linker =
      line.starts_with("collect2: ") || line.starts_with("mold: ") || contains(line, "linker command failed");
  return !linker && (contains(line, ": error: ") || contains(line, ": fatal error: "));
}

/// Does the line start a message of its own, so that the one before is at its end?
bool starts_message(const std::string& line) {
  return is_error(line) || contains(line, ": warning: ") || contains(line, ": note: ") || contains(line, ": In ") ||
         contains(line, "In file included from ") || contains(line, "error generated") ||
         contains(line, "warnings being treated as errors") || contains(line, "ninja: ") ||
         contains(line, "errors generated") || contains(line, "FAILED: ") || line.starts_with("[");
}

using Line = std::vector<std::string>::const_iterator;

/// The message that starts in this line, with the code that it points at.
std::string message_at(Line first, Line end) {
  std::string text = *first + "\n";
  std::size_t shown = 1;
  for (Line line = first + 1; line != end && !starts_message(*line) && shown < most_lines_of_a_message; ++line) {
    text += *line + "\n";
    ++shown;
  }
  return text;
}

/// The text between the quotes that the linker puts round a symbol: `nn::f(int)'.
std::string quoted(const std::string& line) {
  const std::size_t begin = line.find('`') + 1;
  return line.substr(begin, line.rfind('\'') - begin);
}

/// The first error of the compiler, and how many follow; "" if there is none.
std::string compiler_error(const std::vector<std::string>& lines) {
  const auto first = std::find_if(lines.begin(), lines.end(), is_error);
  if (first == lines.end()) {
    return "";
  }
  std::string text;
  // An error inside a header's template is caused by a line of ours, which is named before it
  for (auto line = lines.begin(); line != first; ++line) {
    if (contains(*line, "required from here") && (line->starts_with("labs/") || line->starts_with("solutions/"))) {
      text = *line + "\n";
    }
  }
  text += message_at(first, lines.end());
  const auto others = std::count_if(first + 1, lines.end(), is_error);
  if (others > 0) {
    text += fmt::format("\n{} may follow from it: correct this one first.\n",
                        counted(static_cast<std::size_t>(others), "more error"));
  }
  return text;
}

/// The text after the last of these words in the line.
std::string after(const std::string& line, std::string_view words) {
  return line.substr(line.rfind(words) + words.size());
}

/// The functions that the linker misses or has twice, in the words of ld or of mold; "" if there are none.
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
    text += fmt::format("Declared, but defined in no file (compare the .cpp with the header):\n  {}\n",
                        fmt::join(missing, "\n  "));
  }
  if (!twice.empty()) {
    text += fmt::format("Defined more than once:\n  {}\n", fmt::join(twice, "\n  "));
  }
  return text;
}

/// Where the bracket at `open` is closed; npos if it is not.
std::size_t closing(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    depth += text[i] == '<' ? 1 : text[i] == '>' ? -1 : 0;
    if (depth == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

/// The name of the tensor that xtensor_container<arguments> is; "" if it is none of ours.
std::string_view tensor_called(std::string_view arguments) {
  static constexpr std::array<std::string_view, 4> of_reals = {"nn::Vector", "nn::Matrix", "nn::Tensor3",
                                                               "nn::Tensor4"};
  static constexpr std::array<std::string_view, 2> of_ids = {"nn::IdVector", "nn::IdMatrix"};

  // The rank is the number behind the type of the storage
  const std::size_t open = arguments.find('<');
  const std::size_t end = open == std::string_view::npos ? open : closing(arguments, open);
  const std::size_t digit = end == std::string_view::npos ? end : arguments.find_first_of("0123456789", end);
  if (digit == std::string_view::npos || arguments[digit] == '0') {
    return "";
  }
  const auto rank = static_cast<std::size_t>(arguments[digit] - '0');
  if (arguments.substr(open + 1).starts_with("unsigned long")) {
    return rank <= of_ids.size() ? of_ids[rank - 1] : "";
  }
  return rank <= of_reals.size() ? of_reals[rank - 1] : "";
}

/// Writes the types of tensors by their own names, "nn::Tensor3", not by what these stand for.
std::string with_short_types(std::string text) {
  static constexpr std::string_view container = "xt::xtensor_container<";
  for (std::size_t at = text.find(container); at != std::string::npos; at = text.find(container, at + 1)) {
    const std::size_t open = at + container.size() - 1;
    const std::size_t end = closing(text, open);
    if (end != std::string::npos) {
      const std::string_view name = tensor_called(std::string_view(text).substr(open + 1, end - open - 1));
      text.replace(at, name.empty() ? 0 : end + 1 - at, name);
    }
  }

  // Drop what then says the same twice
  for (const std::string_view repeated : {" {aka nn::", " {aka 'nn::", " {aka ‘nn::"}) {
    for (std::size_t at = text.find(repeated); at != std::string::npos; at = text.find(repeated, at)) {
      const std::size_t end = text.find('}', at);
      text.erase(at, end == std::string::npos ? end : end + 1 - at);
    }
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

/// Is it a warning that mostly means a mistake? Others, as of conversions, teach little at home.
bool is_telling_warning(const std::string& line) {
  const std::size_t name = line.rfind("[-W");
  if (!contains(line, ": warning: ") || name == std::string::npos) {
    return false;
  }
  const std::string_view rest = std::string_view(line).substr(name + 3);
  const auto starts = [&](std::string_view kind) { return rest.starts_with(kind); };
  return starts("return-type]") || starts("uninitialized]") || starts("maybe-uninitialized]") || starts("unused") ||
         starts("infinite-recursion]") || starts("type-limits]") || starts("tautological");
}

/// Where the report of the last compilation of a student's file is kept, relative to the build folder, if the line says
/// that ninja compiled one: "[2/3] Building CXX object labs/02_mlp/CMakeFiles/02_mlp.mine.dir/mlp.cpp.o".
fs::path kept_report(const std::string& lab, const std::string& file) {
  return fs::path("labs") / lab / "mine" / (file + ".report");
}

fs::path report_of_step(const std::string& line) {
  static constexpr std::string_view begin = " Building CXX object labs/";
  static constexpr std::string_view middle = ".mine.dir/";
  const std::size_t lab = line.find(begin);
  const std::size_t file = line.find(middle);
  if (lab == std::string::npos || file == std::string::npos || !line.ends_with(".o")) {
    return {};
  }
  const std::size_t name = lab + begin.size();
  const std::size_t from = file + middle.size();
  return kept_report(line.substr(name, line.find('/', name) - name), line.substr(from, line.size() - 2 - from));
}

}  // namespace

std::string first_error(const std::string& report, const fs::path& root) {
  const std::vector<std::string> lines = lines_of(without_root(report, root));
  if (const std::string text = compiler_error(lines); !text.empty()) {
    return with_short_types(text);
  }
  if (const std::string text = linker_error(lines); !text.empty()) {
    return with_short_types(text);
  }
  const std::size_t skipped = lines.size() - std::min(lines.size(), most_lines_of_a_report);
  return fmt::format("{}\n", fmt::join(lines.begin() + static_cast<std::ptrdiff_t>(skipped), lines.end(), "\n"));
}

void keep_warnings(const fs::path& build_folder, const std::string& report) {
  fs::path kept;
  std::string text;
  const auto keep = [&] {
    if (!kept.empty()) {
      nn::write_whole(build_folder / kept, text);
    }
  };
  for (const std::string& line : lines_of(report)) {
    if (line.starts_with("[")) {
      keep();
      kept = report_of_step(line);
      text.clear();
    } else {
      text += line + "\n";
    }
  }
  keep();
}

std::string warnings_of(const Lab& lab) {
  std::string first;
  std::size_t count = 0;
  for (const std::string& file : lab.files) {
    const fs::path kept = lab.root / "build" / "check" / kept_report(lab.name, file);
    if (!fs::exists(kept) || !fs::exists(lab.folder() / file)) {
      continue;
    }
    const std::vector<std::string> lines = lines_of(without_root(nn::read_whole(kept), lab.root));
    const std::string place = "labs/" + lab.name + "/" + file + ":";
    for (Line line = lines.begin(); line != lines.end(); ++line) {
      if (line->starts_with(place) && is_telling_warning(*line)) {
        first = first.empty() ? message_at(line, lines.end()) : first;
        ++count;
      }
    }
  }
  return count < 2 ? first : first + "\n" + counted(count - 1, "more warning") + " of your code.\n";
}

}  // namespace grader
