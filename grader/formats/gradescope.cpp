#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/formats.hpp"
#include "text.hpp"

namespace grader {

namespace {

using nlohmann::json;

constexpr std::size_t most_output = 4000;

/// What stands above the tests: why there is nothing, what the compiler said, why the score differs from the points.
std::string headline(const Grade& grade) {
  const Result& result = grade.result;
  std::string text;
  if (!result.error.empty()) {
    text += "Nothing could be graded: " + result.error + "\n";
  }
  if (!result.compiler_output.empty()) {
    text += "Your code does not compile:\n" + result.compiler_output + "\n";
  }
  if (grade.penalty_percent > 0) {
    text += fmt::format("Handed in late: {} % of {} points are taken off.\n", score_text(grade.penalty_percent),
                        result.points());
  }
  if (grade.override) {
    text += fmt::format("The score was set to {}: {}\n", score_text(grade.override->score), grade.override->reason);
  }
  return inert(text, most_output);
}

json test_json(const Grade& grade, const TestResult& test) {
  json fields = {{"name", test.test.name},
                 {"number", test.test.task()},
                 {"status", test.status == Status::passed ? "passed" : "failed"},
                 {"output", inert(feedback_text(test, grade.result.lab), most_output)}};
  if (grade.is_sum_of_tests()) {
    fields["score"] = test.points;
    fields["max_score"] = test.test.points;
  } else {
    fields["name"] = fmt::format("{} ({} of {} points)", test.test.name, test.points, test.test.points);
  }
  return fields;
}

}  // namespace

json gradescope_json(const Grade& grade) {
  json tests = json::array();
  for (const TestResult& test : grade.result.tests) {
    tests.push_back(test_json(grade, test));
  }
  json fields = {{"score", grade.score},
                 {"execution_time", grade.result.compile_seconds + grade.result.test_seconds},
                 {"visibility", "visible"},
                 {"tests", tests}};
  if (const std::string text = headline(grade); !text.empty()) {
    fields["output"] = text;
    fields["output_format"] = "text";
  }
  return fields;
}

}  // namespace grader
