#include "class/formats/ctrf.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "class/formats/feedback.hpp"
#include "system/text.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

using nlohmann::json;

constexpr std::size_t max_ctrf_text = 4000;

std::int64_t milliseconds(double seconds) { return std::llround(seconds * 1000); }

json test_json(const Result& result, const TestResult& test) {
  json fields = {{"name", test.test.name},
                 {"status", test.status == Status::passed ? "passed" : "failed"},
                 {"rawStatus", name_of(test.status)},
                 {"duration", milliseconds(test.seconds)},
                 {"suite", {result.lab}},
                 {"extra", {{"points", test.points}, {"max_points", test.test.points}}}};
  if (test.status != Status::passed) {
    fields["message"] = inert(feedback_text(test, result), max_ctrf_text);
  }
  if (!test.output.empty()) {
    fields["stdout"] = {inert(test.output, max_ctrf_text)};
  }
  return fields;
}

}  // namespace

json ctrf_json(const Grade& grade) {
  const Result& result = grade.result;
  json tests = json::array();
  for (const TestResult& test : result.tests) {
    tests.push_back(test_json(result, test));
  }
  const auto passed = std::ranges::count(result.tests, Status::passed, &TestResult::status);
  const std::int64_t stop = utc_seconds(result.graded_at) * 1000;
  const json summary = {{"tests", result.tests.size()},
                        {"passed", passed},
                        {"failed", static_cast<std::ptrdiff_t>(result.tests.size()) - passed},
                        {"skipped", 0},
                        {"pending", 0},
                        {"other", 0},
                        {"start", stop - milliseconds(result.compile_seconds + result.test_seconds)},
                        {"stop", stop}};
  return {{"reportFormat", "CTRF"},
          {"specVersion", "1.0.0"},
          {"generatedBy", "course"},
          {"results", {{"tool", {{"name", "course"}}}, {"summary", summary}, {"tests", tests}}},
          {"extra",
           {{"student", result.student},
            {"lab", result.lab},
            {"score", grade.score},
            {"points", result.points()},
            {"max_points", result.max_points()},
            {"error", inert(result.error, max_ctrf_text)}}}};
}

}  // namespace grader
