#include "verify/verify_handout.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>

namespace grader {

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;  // without spaces at the beginning and the end

struct CodeBlock {
  std::size_t line = 0;  // in the handout, of the first line of code
  Lines code;
};

struct SourceFile {
  std::string name;  // relative to the repository
  Lines lines;
};

/// How many lines of a block agree with a place in a source file.
struct Match {
  std::size_t lines = 0;
  std::string file;
  std::size_t next_line = 0;  // in the file, after the lines that agree
};

Lines read_lines(const fs::path& path) {
  std::ifstream file(path);
  if (!file) {
    throw std::runtime_error("cannot read " + path.string());
  }
  Lines lines;
  for (std::string line; std::getline(file, line);) {
    constexpr const char* blanks = " \t\r";
    line.erase(line.find_last_not_of(blanks) + 1);
    line.erase(0, std::min(line.size(), line.find_first_not_of(blanks)));
    lines.push_back(line);
  }
  return lines;
}

/// Does the line open a block of C++, under any of its names?
bool opens_code(const std::string& line) {
  static const std::vector<std::string> openings{"```cpp", "```c++", "```cc", "```cxx", "```hpp", "```C++"};
  const std::size_t end = line.find_first_of(" \t");
  return std::ranges::count(openings, line.substr(0, end)) != 0;
}

std::vector<CodeBlock> blocks_of(const Lines& handout) {
  std::vector<CodeBlock> blocks;
  bool inside = false;
  for (std::size_t i = 0; i < handout.size(); ++i) {
    if (!inside && opens_code(handout[i])) {
      inside = true;
      blocks.push_back({i + 2, {}});
    } else if (inside && handout[i] == "```") {
      inside = false;
    } else if (inside) {
      blocks.back().code.push_back(handout[i]);
    }
  }
  return blocks;
}

/// The files that may contain the code of a handout: all sources of common/ and of the lab, except the student's own
/// files.
std::vector<SourceFile> sources_for(const Lab& lab) {
  std::vector<SourceFile> sources;
  for (const fs::path& folder : {lab.folder(), lab.root / "common"}) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const fs::path& path = entry.path();
      const bool mine = std::ranges::count(lab.files, fs::relative(path, lab.folder()).string()) != 0;
      if (!mine && (path.extension() == ".cpp" || path.extension() == ".hpp")) {
        sources.push_back({fs::relative(path, lab.root).string(), read_lines(path)});
      }
    }
  }
  std::ranges::sort(sources, {}, &SourceFile::name);
  return sources;
}

/// The place that agrees with the most lines of the code; the first one if there are several.
Match best_match(const Lines& code, const std::vector<SourceFile>& sources) {
  Match best;
  for (const SourceFile& source : sources) {
    for (auto start = source.lines.begin(); start != source.lines.end(); ++start) {
      const auto differ = std::mismatch(code.begin(), code.end(), start, source.lines.end());
      const auto agreeing = static_cast<std::size_t>(differ.first - code.begin());
      if (agreeing > best.lines) {
        best = {agreeing, source.name, static_cast<std::size_t>(differ.second - source.lines.begin()) + 1};
      }
    }
  }
  return best;
}

}  // namespace

Problems verify_handout(const Lab& lab) {
  const std::vector<SourceFile> sources = sources_for(lab);
  const std::vector<CodeBlock> blocks = blocks_of(read_lines(lab.folder() / "README.md"));
  Problems problems;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Lines& code = blocks[i].code;
    const Match match = best_match(code, sources);
    if (match.lines == code.size()) {
      continue;
    }
    const std::string why = match.lines == 0 ? "is not in any .cpp or .hpp of the lab or of common/"
                                             : fmt::format("is not line {} of {}", match.next_line, match.file);
    problems.push_back(fmt::format("labs/{}/README.md, code block {}, line {}: '{}' {}", lab.name, i + 1,
                                   blocks[i].line + match.lines, code[match.lines], why));
  }
  return problems;
}

}  // namespace grader
