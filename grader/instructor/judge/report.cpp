#include "judge/report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "system/text.hpp"

namespace grader {

namespace {

constexpr std::size_t max_output = 2000;

std::string overview(const Result& result) {
  std::string text = "| test | points | |\n| --- | ---: | --- |\n";
  for (const TestResult& test : result.tests) {
    text +=
        fmt::format("| {} | {} / {} | {} |\n", test.test.name, test.points, test.test.points, words_of(test.status));
  }
  return text + fmt::format("| **total** | **{} / {}** | |\n", result.points(), result.max_points());
}

std::string shapes_text(std::string_view what, const std::vector<std::string>& shapes) {
  return shapes.empty() ? "" : fmt::format("{}: {}\n\n", what, fmt::join(shapes, ", "));
}

std::string details(const Result& result, const TestResult& test) {
  std::string text = fmt::format("\n## {}: {}\n\n", test.test.name, words_of(test.status));
  if (test.status != Status::todo) {
    text += shapes_text("Given", test.shapes.given) + shapes_text("Expected shapes", test.shapes.expected);
  }
  if (!test.messages.empty()) {
    text += code_block(fmt::format("{}", fmt::join(test.messages, "\n")),
                       max_output);  // they may quote the student's output
  }
  for (const wire::Mistake& mistake : test.mistakes) {
    text += fmt::format("\n**This is the result of a known mistake in task {}:** {}\n{}\n",
                        TestInfo{mistake.test}.task(), mistake.title, mistake.hint);
  }
  if (!test.output.empty()) {
    text += "\nYour code printed:\n\n" + code_block(test.output, max_output);
  }
  return text + fmt::format(
                    "\nRead `labs/{0}/README.md`, section {1}. At home: `./course test {2} {1}`, "
                    "`./course hint {1}`.\n",
                    result.lab, test.test.task(), result.lab.substr(0, 2));
}

}  // namespace

std::string report(const Result& result) {
  std::string text = fmt::format("# {}: {} of {} points\n\nStudent: {}. Files: sha256 {}. Containment: {}.\n\n",
                                 result.lab, result.points(), result.max_points(), inert(result.student, 200),
                                 result.sha256.substr(0, 12), result.isolation);
  if (!result.error.empty()) {
    return text + "Nothing could be graded:\n\n" + code_block(result.error, max_output);
  }
  if (!result.ignored.empty()) {
    text += "Ignored, because the lab does not ask for it:\n\n";
    for (const std::string& name : result.ignored) {
      text += code_block(name, 200);
    }
    text += "\n";
  }
  text += overview(result);
  if (!result.compiler_output.empty()) {
    text += "\nThe compiler said:\n\n" + code_block(result.compiler_output, max_output);
  }
  for (const TestResult& test : result.tests) {
    if (test.status != Status::passed && test.status != Status::not_built) {
      text += details(result, test);
    }
  }
  return text;
}

}  // namespace grader
