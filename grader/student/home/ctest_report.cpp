#include "home/ctest_report.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>
#include <string_view>

namespace grader {

namespace {

/// Whether ctest did not run the test: it is disabled, or reported that it cannot run here.
bool is_skipped(const pugi::xml_node& test) {
  const std::string_view status = test.attribute("status").value();
  const std::string_view reason = test.child("skipped").attribute("message").value();
  return status == "disabled" || reason.starts_with("SKIP_");
}

}  // namespace

TestCounts count_tests(const std::filesystem::path& junit) {
  // Read what is there: an interrupted run leaves no file, or a part of one
  pugi::xml_document document;
  document.load_file(junit.c_str());

  TestCounts counts;
  for (const pugi::xml_node& test : document.child("testsuite").children("testcase")) {
    const bool passed = std::string_view(test.attribute("status").value()) == "run";
    ++(passed ? counts.passed : is_skipped(test) ? counts.skipped : counts.failed);
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
