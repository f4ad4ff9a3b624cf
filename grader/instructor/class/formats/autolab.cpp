#include "class/formats/autolab.hpp"

#include <nlohmann/json.hpp>

#include "class/formats/feedback.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

constexpr std::size_t max_hint = 1000;

}  // namespace

std::string autolab_text(const Grade& grade) {
  const Result& result = grade.result;
  const bool built = result.error.empty() && result.compiler_output.empty();
  nlohmann::json tests = nlohmann::json::object();
  for (const TestResult& test : result.tests) {
    tests[test.test.name] = {{"passed", test.status == Status::passed}};
    if (test.status != Status::passed) {
      tests[test.test.name]["hint"] = inert(feedback_text(test, result), max_hint);
    }
  }
  nlohmann::json compile = {{"passed", built}};
  if (!built) {
    compile["hint"] = inert(result.error.empty() ? result.compiler_output : result.error, max_hint);
  }
  const nlohmann::json stages = {{"_presentation", "semantic"},
                                 {"stages", {"Compile", "Test"}},
                                 {"Compile", {{"compile", compile}}},
                                 {"Test", tests}};
  const nlohmann::json scores = {{"scores", {{result.lab, grade.score}}}};
  const auto replace = nlohmann::json::error_handler_t::replace;
  return stages.dump(-1, ' ', true, replace) + "\n" + scores.dump(-1, ' ', true, replace) + "\n";
}

}  // namespace grader
