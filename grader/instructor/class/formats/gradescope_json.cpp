#include "class/formats/gradescope_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "class/formats/feedback.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

using nlohmann::json;

constexpr std::size_t max_output = 8000;

/// Information about the submission as a whole: why it could not be graded, the compiler's messages, why the score
/// differs from the points.
std::string overview(const Grade& grade) {
  const Result& result = grade.result;
  std::string text = fmt::format("{}: {} of {} points.\n", result.lab, result.points(), result.max_points());
  if (grade.penalty_percent > 0) {
    text += fmt::format("Handed in late: the score is {} % lower.\n", score_text(grade.penalty_percent));
  }
  if (grade.override) {
    text += fmt::format("The score was set to {}: {}\n", score_text(grade.override->score), grade.override->reason);
  }
  if (!result.error.empty()) {
    text += "\nNothing could be graded: " + result.error + "\n";
  }
  if (!result.ignored.empty()) {
    text += fmt::format("\nIgnored, because the lab does not ask for it: {}\n", fmt::join(result.ignored, ", "));
  }
  if (!result.compiler_output.empty()) {
    text += "\nThe compiler said:\n\n" + result.compiler_output;
  }
  return text;
}

json test_json(const Grade& grade, const TestResult& test) {
  std::string output = feedback_text(test, grade.result);
  if (!test.output.empty()) {
    output += "\nYour code printed:\n\n" + test.output;
  }
  json fields = {{"name", test.test.name},
                 {"name_format", "text"},
                 {"status", test.status == Status::passed ? "passed" : "failed"},
                 {"output", inert(output, max_output)},
                 {"output_format", "text"},
                 {"visibility", "visible"}};
  if (grade.is_sum_of_tests()) {
    fields["score"] = test.points;
    fields["max_score"] = test.test.points;
  } else {
    fields["name"] = fmt::format("{} ({} of {} points)", test.test.name, test.points, test.test.points);
  }
  return fields;
}

json whole(double score, const std::string& output) {
  return {{"score", score},
          {"output", inert(output, max_output)},
          {"output_format", "text"},
          {"visibility", "visible"},
          {"stdout_visibility", "hidden"}};
}

}  // namespace

json gradescope_json(const Grade& grade) {
  const Result& result = grade.result;
  json document = whole(grade.score, overview(grade));
  document["execution_time"] = result.compile_seconds + result.test_seconds;
  document["extra_data"] = {{"lab", result.lab}, {"sha256", result.sha256}, {"isolation", result.isolation}};
  if (!result.tests.empty()) {
    document["test_name_format"] = "text";
    document["test_output_format"] = "text";
    for (const TestResult& test : result.tests) {
      document["tests"].push_back(test_json(grade, test));
    }
  }
  return document;
}

json gradescope_json(const std::string& why_not_graded) { return whole(0, why_not_graded); }

}  // namespace grader
