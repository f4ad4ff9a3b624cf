#include "class/formats/feedback.hpp"

#include <fmt/format.h>

#include "system/text.hpp"

namespace grader {

namespace {

constexpr std::size_t max_message = 2000;

}  // namespace

std::string feedback_text(const TestResult& test, const Result& result) {
  if (test.status == Status::passed) {
    return "";
  }
  if (!result.error.empty()) {
    return inert(result.error, max_message) + "\n";
  }
  std::string text = fmt::format("{}.\n", words_of(test.status));
  for (const std::string& message : test.messages) {
    text += inert(message, max_message) + "\n";
  }
  for (const wire::Mistake& mistake : test.mistakes) {
    text += fmt::format("This is the result of a known mistake in task {}: {}\n{}\n", TestInfo{mistake.test}.task(),
                        mistake.title, mistake.hint);
  }
  return text + fmt::format("Read labs/{0}/README.md, section {1}. At home: ./course test {2} {1}\n", result.lab,
                            test.test.task(), result.lab.substr(0, 2));
}

}  // namespace grader
