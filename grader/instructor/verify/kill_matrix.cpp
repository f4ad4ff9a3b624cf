#include "verify/kill_matrix.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace grader {

namespace {

bool fails(const wire::Expected& expected, const std::string& mistake_id, const TestInfo& test) {
  const std::vector<std::string> failing = expected.tests_failed_by(mistake_id);
  return std::ranges::find(failing, test.name) != failing.end();
}

}  // namespace

std::string kill_matrix(const std::vector<TestInfo>& tests, const wire::Expected& expected) {
  // The head of each column is the task of its test, written downwards
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

  // A row for each mistake: its own test, and the other tests that it fails
  for (const auto& [id, mistake] : expected.mistakes()) {
    text += fmt::format("{:<{}}", id, width + 2);
    for (const TestInfo& test : tests) {
      text += !fails(expected, id, test) ? '.' : test.name == mistake.test ? '#' : 'x';
    }
    text += '\n';
  }
  return text;
}

std::vector<std::string> tests_without_mistake(const std::vector<TestInfo>& tests, const wire::Expected& expected) {
  std::vector<std::string> names;
  for (const TestInfo& test : tests) {
    if (std::ranges::none_of(expected.mistakes(),
                             [&](const auto& mistake) { return fails(expected, mistake.first, test); })) {
      names.push_back(test.name);
    }
  }
  return names;
}

}  // namespace grader
