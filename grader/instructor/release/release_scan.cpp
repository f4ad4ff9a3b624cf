#include "release/release_scan.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <set>
#include <sstream>
#include <unordered_map>

namespace grader {

namespace {

constexpr std::size_t run_length = 5;

/// A line that counts, in normalised form for comparison.
struct Line {
  std::string text;
  std::size_t number = 0;
};

/// The line without spaces, and without the marks in front of quoted code.
std::string normal_form(const std::string& line) {
  std::string text;
  for (const char c : line) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      text += c;
    }
  }
  return text.substr(std::min(text.find_first_not_of("+-/*#>|"), text.size()));
}

/// How many words (names, keywords, numbers) a line has.
std::size_t words_in(const std::string& line) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : line) {
    const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0;
    words += letter && !inside ? 1 : 0;
    inside = letter;
  }
  return words;
}

/// Is the line too common to count?
bool is_trivial(const std::string& line, const std::string& form) {
  const bool returns_a_name = form.starts_with("return") && words_in(line) <= 2;
  return words_in(line) <= 1 || returns_a_name || form.starts_with("include<") || form.starts_with("include\"") ||
         form.starts_with("import") || form.starts_with("from");
}

std::vector<Line> counting_lines(const std::string& content, const std::set<std::string>& given) {
  std::vector<Line> lines;
  std::istringstream text(content);
  std::size_t number = 0;
  for (std::string line; std::getline(text, line);) {
    ++number;
    std::string form = normal_form(line);
    if (!is_trivial(line, form) && !given.contains(form)) {
      lines.push_back({std::move(form), number});
    }
  }
  return lines;
}

/// Calls use(run, number of its first line) for every run of lines.
template <class Use>
void for_each_run(const std::vector<Line>& lines, Use use) {
  for (std::size_t i = 0; i + run_length <= lines.size(); ++i) {
    std::string run;
    for (std::size_t j = i; j < i + run_length; ++j) {
      run += lines[j].text + "\n";
    }
    use(run, lines[i].number);
  }
}

/// The lines of all starters.
std::set<std::string> given_lines(const CourseFiles& files) {
  std::set<std::string> given;
  for (const auto& [path, file] : files) {
    if (path.find("/starter/") != std::string::npos) {
      std::istringstream text(file.content);
      for (std::string line; std::getline(text, line);) {
        given.insert(normal_form(line));
      }
    }
  }
  return given;
}

}  // namespace

std::vector<Leak> find_leaks(const Release& release) {
  const std::set<std::string> given = given_lines(release.files);
  struct Place {
    const std::string* path;
    std::size_t line;
  };
  std::unordered_map<std::string, std::vector<Place>> withheld;
  for (const auto& entry : release.withheld) {
    for_each_run(counting_lines(entry.second.content, given), [&](const std::string& run, std::size_t line) {
      withheld[run].push_back({&entry.first, line});
    });
  }

  std::vector<Leak> leaks;
  for (const auto& [path, file] : release.files) {
    std::set<const std::string*> seen;
    for_each_run(counting_lines(file.content, given), [&, &name = path](const std::string& run, std::size_t line) {
      const auto found = withheld.find(run);
      if (found == withheld.end()) {
        return;
      }
      for (const Place& place : found->second) {
        if (seen.insert(place.path).second) {
          leaks.push_back({fmt::format("{}:{}", *place.path, place.line), fmt::format("{}:{}", name, line)});
        }
      }
    });
  }
  return leaks;
}

}  // namespace grader
