#include "judge/result.hpp"

#include <nlohmann/json.hpp>
#include <numeric>

namespace grader {

namespace {

using nlohmann::json;

json mistakes_json(const std::vector<wire::Mistake>& mistakes) {
  json list = json::array();
  for (const wire::Mistake& mistake : mistakes) {
    list.push_back({{"id", mistake.id}, {"title", mistake.title}, {"hint", mistake.hint}, {"test", mistake.test}});
  }
  return list;
}

json test_json(const TestResult& result) {
  return {{"name", result.test.name},         {"points", result.points},
          {"max_points", result.test.points}, {"status", name_of(result.status)},
          {"given", result.shapes.given},     {"expected_shapes", result.shapes.expected},
          {"messages", result.messages},      {"mistakes", mistakes_json(result.mistakes)},
          {"output", result.output},          {"seconds", result.seconds}};
}

TestResult test_from_json(const json& fields) {
  TestResult result;
  result.test = {fields.at("name"), fields.at("max_points")};
  result.points = fields.at("points");
  result.status = status_of(fields.at("status").get<std::string>());
  result.shapes.given = fields.at("given").get<std::vector<std::string>>();
  result.shapes.expected = fields.at("expected_shapes").get<std::vector<std::string>>();
  result.messages = fields.at("messages").get<std::vector<std::string>>();
  for (const json& mistake : fields.at("mistakes")) {
    result.mistakes.push_back({mistake.at("id"), mistake.at("title"), mistake.at("hint"), mistake.at("test")});
  }
  result.output = fields.at("output");
  result.seconds = fields.at("seconds");
  return result;
}

}  // namespace

unsigned Result::points() const {
  return std::accumulate(tests.begin(), tests.end(), 0U,
                         [](unsigned sum, const auto& test) { return sum + test.points; });
}

unsigned Result::max_points() const {
  return std::accumulate(tests.begin(), tests.end(), 0U,
                         [](unsigned sum, const auto& test) { return sum + test.test.points; });
}

json to_json(const Result& result) {
  json tests = json::array();
  for (const TestResult& test : result.tests) {
    tests.push_back(test_json(test));
  }
  return {{"student", result.student},
          {"lab", result.lab},
          {"sha256", result.sha256},
          {"submitted_at", result.submitted_at},
          {"graded_at", result.graded_at},
          {"lab_version", result.lab_version},
          {"judge_version", result.judge_version},
          {"seed", result.seed},
          {"isolation", result.isolation},
          {"error", result.error},
          {"ignored", result.ignored},
          {"points", result.points()},
          {"max_points", result.max_points()},
          {"compiler_output", result.compiler_output},
          {"compile_seconds", result.compile_seconds},
          {"test_seconds", result.test_seconds},
          {"tests", tests}};
}

Result result_from_json(const json& fields) {
  Result result;
  result.student = fields.at("student");
  result.lab = fields.at("lab");
  result.sha256 = fields.at("sha256");
  result.submitted_at = fields.at("submitted_at");
  result.graded_at = fields.at("graded_at");
  result.lab_version = fields.at("lab_version");
  result.judge_version = fields.at("judge_version");
  result.seed = fields.at("seed");
  result.isolation = fields.at("isolation");
  result.error = fields.at("error");
  result.ignored = fields.at("ignored").get<std::vector<std::string>>();
  result.compiler_output = fields.at("compiler_output");
  result.compile_seconds = fields.at("compile_seconds");
  result.test_seconds = fields.at("test_seconds");
  for (const json& test : fields.at("tests")) {
    result.tests.push_back(test_from_json(test));
  }
  return result;
}

}  // namespace grader
