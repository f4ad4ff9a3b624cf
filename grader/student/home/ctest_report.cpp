#include "home/ctest_report.hpp"

#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <string_view>

namespace grader {

namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TestCounts count_tests(const std::filesystem::path& junit) {
  std::ifstream in(junit);
  const std::string text{std::istreambuf_iterator<char>(in), {}};

  TestCounts counts;
  constexpr std::string_view opening = "<testcase ";
  for (std::size_t at = text.find(opening); at != std::string::npos;) {
    const std::size_t next = text.find(opening, at + 1);
    const std::string_view test = std::string_view(text).substr(at, next - at);
    const std::string_view tag = test.substr(0, test.find('\n'));
    if (contains(tag, " status=\"run\"")) {
      ++counts.passed;
    } else if (contains(tag, " status=\"disabled\"") || contains(test, "<skipped message=\"SKIP_")) {
      ++counts.skipped;
    } else {
      ++counts.failed;
    }
    at = next;
  }
  return counts;
}

std::string summary_line(const TestCounts& counts) {
  std::string line = fmt::format("{} passed, {} failed", counts.passed, counts.failed);
  if (counts.skipped > 0) {
    line += fmt::format(", {} skipped", counts.skipped);
  }
  return line;
}

}  // namespace grader
