#include <algorithm>
#include <fmt/format.h>

#include "verify/verify.hpp"

namespace grader {

std::string kill_matrix(const std::vector<TestInfo>& tests, const wire::Expected& expected) {
  // Head the columns with their tests' tasks, written downwards
  std::size_t width = 0, height = 0;
  for (const auto& [id, mistake] : expected.mistakes()) {
    width = std::max(width, id.size());
  }
  for (const TestInfo& test : tests) {
    height = std::max(height, test.task().size());
  }
  std::string text;
  for (std::size_t line = 0; line < height; ++line) {
    text += std::string(width + 2, ' ');
    for (const TestInfo& test : tests) {
      text += line < test.task().size() ? test.task()[line] : ' ';
    }
    text += '\n';
  }

  // A row for each mistake: its own test, and the others that it fails
  for (const auto& [id, mistake] : expected.mistakes()) {
    const std::vector<std::string> failing = expected.tests_failed_by(id);
    text += fmt::format("{:<{}}", id, width + 2);
    for (const TestInfo& test : tests) {
      const bool fails = std::ranges::find(failing, test.name) != failing.end();
      text += !fails ? '.' : test.name == mistake.test ? '#' : 'x';
    }
    text += '\n';
  }
  return text;
}

std::vector<std::string> tests_without_mistake(const std::vector<TestInfo>& tests, const wire::Expected& expected) {
  std::vector<std::string> names;
  for (const TestInfo& test : tests) {
    const bool failed = std::ranges::any_of(expected.mistakes(), [&](const auto& mistake) {
      const std::vector<std::string> failing = expected.tests_failed_by(mistake.first);
      return std::ranges::find(failing, test.name) != failing.end();
    });
    if (!failed) {
      names.push_back(test.name);
    }
  }
  return names;
}

}  // namespace grader
