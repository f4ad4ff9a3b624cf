#include "class/formats/junit.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>
#include <sstream>

#include "class/formats/feedback.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

constexpr std::size_t max_junit_text = 4000;

void add_property(pugi::xml_node& properties, const char* name, const std::string& value) {
  pugi::xml_node property = properties.append_child("property");
  property.append_attribute("name") = name;
  property.append_attribute("value") = value.c_str();
}

void add_test(pugi::xml_node& suite, const Grade& grade, const TestResult& test) {
  pugi::xml_node node = suite.append_child("testcase");
  node.append_attribute("name") = test.test.name.c_str();
  node.append_attribute("classname") = grade.result.lab.c_str();
  node.append_attribute("time") = fmt::format("{:.3f}", test.seconds).c_str();
  if (test.status != Status::passed) {
    pugi::xml_node failure = node.append_child("failure");
    const std::string& error = grade.result.error;
    failure.append_attribute("message") =
        error.empty() ? std::string(words_of(test.status)).c_str() : inert(error, max_junit_text).c_str();
    failure.append_attribute("type") = std::string(name_of(test.status)).c_str();
    failure.text() = inert(feedback_text(test, grade.result), max_junit_text).c_str();
  }
  if (!test.output.empty()) {
    node.append_child("system-out").text() = inert(test.output, max_junit_text).c_str();
  }
}

std::size_t failures(const Result& result) {
  std::size_t count = 0;
  for (const TestResult& test : result.tests) {
    count += test.status != Status::passed;
  }
  return count;
}

}  // namespace

std::string junit_xml(const Grade& grade) {
  pugi::xml_document document;
  pugi::xml_node suite = document.append_child("testsuites").append_child("testsuite");
  suite.append_attribute("name") =
      fmt::format("{} {}", grade.result.lab, inert(grade.result.student, max_junit_text)).c_str();
  suite.append_attribute("tests") = grade.result.tests.size();
  suite.append_attribute("failures") = failures(grade.result);
  suite.append_attribute("errors") = 0;
  suite.append_attribute("time") = fmt::format("{:.3f}", grade.result.test_seconds).c_str();

  pugi::xml_node properties = suite.append_child("properties");
  add_property(properties, "score", score_text(grade.score));
  add_property(properties, "points", std::to_string(grade.result.points()));
  add_property(properties, "max_points", std::to_string(grade.result.max_points()));
  for (const TestResult& test : grade.result.tests) {
    add_test(suite, grade, test);
  }
  if (!grade.result.error.empty()) {
    suite.append_child("system-err").text() = inert(grade.result.error, max_junit_text).c_str();
  }
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

}  // namespace grader
