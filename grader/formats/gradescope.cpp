#include "gradescope.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "../text.hpp"

namespace grader {

namespace {

using nlohmann::json;

constexpr std::size_t most_text = 8000;

std::string feedback(const TestResult& test) {
  std::string text;
  for (const std::string& message : test.messages) {
    text += message + "\n";
  }
  for (const wire::Mistake& mistake : test.mistakes) {
    text += fmt::format("\nThis is what comes out of a known mistake in task {}: {}\n{}\n",
                        TestInfo{mistake.test}.task(), mistake.title, mistake.hint);
  }
  if (test.status == Status::not_built) {
    text += "The submission does not compile: see above.\n";
  } else if (test.status != Status::passed) {
    const std::string task = test.test.task();
    text += fmt::format("\nAt home: ./course test {0}, ./course hint {0}\n", task);
  }
  if (!test.output.empty()) {
    text += "\nYour code printed:\n\n" + test.output;
  }
  return inert(text, most_text);
}

json test_json(const TestResult& test) {
  const bool passed = test.status == Status::passed;
  return {{"name", inert(test.test.name, 200)},
          {"name_format", "text"},
          {"score", test.points},
          {"max_score", test.test.points},
          {"status", passed ? "passed" : "failed"},
          {"output", feedback(test)},
          {"output_format", "text"},
          {"visibility", "visible"}};
}

/// What concerns the submission as a whole.
std::string overview(const Result& result) {
  std::string text = fmt::format("{}: {} of {} points.\n", result.lab, result.points(), result.most_points());
  if (!result.error.empty()) {
    text += "\nNothing could be graded: " + result.error + "\n";
  }
  if (!result.ignored.empty()) {
    text += fmt::format("\nIgnored, because the lab does not ask for it: {}\n", fmt::join(result.ignored, ", "));
  }
  if (!result.compiler_output.empty()) {
    text += "\nThe compiler said:\n\n" + result.compiler_output;
  }
  return inert(text, most_text);
}

json whole(double score, const std::string& output) {
  return {{"score", score},
          {"output", output},
          {"output_format", "text"},
          {"visibility", "visible"},
          {"stdout_visibility", "hidden"}};
}

}  // namespace

json gradescope_json(const Result& result) {
  json document = whole(result.points(), overview(result));
  document["execution_time"] = result.compile_seconds + result.test_seconds;
  document["extra_data"] = {{"lab", result.lab}, {"sha256", result.sha256}, {"isolation", result.isolation}};
  if (!result.tests.empty()) {
    document["test_name_format"] = "text";
    document["test_output_format"] = "text";
    for (const TestResult& test : result.tests) {
      document["tests"].push_back(test_json(test));
    }
  }
  return document;
}

json gradescope_json(const std::string& why_not_graded) { return whole(0, inert(why_not_graded, most_text)); }

}  // namespace grader
