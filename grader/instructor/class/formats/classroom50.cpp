#include "class/formats/classroom50.hpp"

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "class/formats/feedback.hpp"

namespace grader {

namespace {

using nlohmann::json;

std::string from_host(const char* variable, const std::string& otherwise) {
  const char* value = std::getenv(variable);
  return value == nullptr || *value == '\0' ? otherwise : value;
}

}  // namespace

json classroom50_json(const Grade& grade) {
  const Result& result = grade.result;
  const int scale = grade.score == std::floor(grade.score) ? 1 : 100;
  json tests = json::array();
  for (const TestResult& test : result.tests) {
    tests.push_back({{"test-name", test.test.name},
                     {"passed", test.status == Status::passed},
                     {"score", static_cast<int>(test.points) * scale},
                     {"max-score", static_cast<int>(test.test.points) * scale},
                     {"message", feedback_text(test, result)}});
  }
  return {{"schema", "classroom50/result/v1"},
          {"classroom", from_host("CLASSROOM", "")},
          {"assignment", from_host("ASSIGNMENT", result.lab)},
          {"assignment_type", from_host("ASSIGNMENT_TYPE", "individual")},
          {"owner", from_host("OWNER", result.student)},
          {"submission", from_host("SUBMISSION_TAG", result.sha256.substr(0, 12))},
          {"commit", from_host("COMMIT_URL", "")},
          {"release", from_host("RELEASE_URL", "")},
          {"review", from_host("REVIEW_URL", "")},
          {"datetime", grade.submitted_at.empty() ? result.graded_at : grade.submitted_at},
          {"graded_at", result.graded_at},
          {"score", static_cast<int>(std::lround(grade.score * scale))},
          {"max-score", static_cast<int>(result.max_points()) * scale},
          {"tests", tests}};
}

}  // namespace grader
