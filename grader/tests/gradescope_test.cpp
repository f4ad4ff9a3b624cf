#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <set>

#include "class/formats/formats.hpp"
#include "class/formats/gradescope_json.hpp"

namespace {

using grader::Result;
using grader::Status;
using grader::TestResult;
using nlohmann::json;

TestResult test_of(const std::string& name, Status status) {
  TestResult test;
  test.test = {name, 10};
  test.status = status;
  test.points = status == Status::passed ? 10 : 0;
  return test;
}

Result graded() {
  Result result;
  result.student = "kim";
  result.lab = "02_mlp";
  result.sha256 = "abc";
  result.seed = 987654321;
  result.isolation = "bubblewrap";
  result.compile_seconds = 1.5;
  result.test_seconds = 2;
  result.tests = {test_of("2.1 predict", Status::passed), test_of("2.1 update", Status::failed)};
  result.tests[1].messages = {"dx: 1 of 3 numbers differ"};
  result.tests[1].mistakes = {{"id", "The sign is wrong.", "Which way?", "2.1 update"}};
  result.tests[1].output = "<script>\x1b[31m\r\xff]]>";
  return result;
}

bool has_only(const json& object, const std::set<std::string>& keys) {
  for (const auto& [key, value] : object.items()) {
    if (!keys.contains(key)) return false;
  }
  return true;
}

/// Does the document follow the rules of its reader?
void check_rules(const json& document) {
  CHECK(has_only(document, {"score", "execution_time", "output", "output_format", "test_output_format",
                            "test_name_format", "visibility", "stdout_visibility", "extra_data", "tests"}));
  CHECK(document.at("score").is_number());
  CHECK(document.at("stdout_visibility") == "hidden");
  double sum = 0;
  std::set<std::string> names;
  for (const json& test : document.value("tests", json::array())) {
    CHECK(has_only(test,
                   {"score", "max_score", "status", "name", "name_format", "output", "output_format", "visibility"}));
    CHECK(names.insert(test.at("name")).second);
    CHECK((test.at("status") == "passed") == (test.at("score") == test.at("max_score")));
    CHECK(test.at("output_format") == "text");
    sum += test.at("score").get<double>();
  }
  CHECK((!document.contains("tests") || sum == document.at("score").get<double>()));
  const std::string text = document.dump();  // throws for invalid UTF-8
  CHECK(text.size() < 100'000);
  CHECK(text.find("\\r") == std::string::npos);
  CHECK(text.find("\\u001b") == std::string::npos);
}

}  // namespace

TEST_SUITE("gradescope") {
  TEST_CASE("a result becomes tests with points, and the score is their sum") {
    const json document = gradescope_json(grade_of(graded()));
    check_rules(document);
    CHECK(document.at("score") == 10);
    CHECK(document.at("execution_time") == 3.5);
    REQUIRE(document.at("tests").size() == 2);
    CHECK(document.at("tests")[0].at("status") == "passed");
    const std::string output = document.at("tests")[1].at("output");
    CHECK(output.find("1 of 3 numbers differ") != std::string::npos);
    CHECK(output.find("The sign is wrong.") != std::string::npos);
    CHECK(output.find("./course test 02 2.1") != std::string::npos);
  }

  TEST_CASE("the seed stays a secret") {
    CHECK(gradescope_json(grade_of(graded())).dump().find("987654321") == std::string::npos);
  }

  TEST_CASE("what does not compile or cannot be read has no points and says why") {
    Result result = graded();
    result.tests = {test_of("2.1 predict", Status::not_built)};
    result.compiler_output = "mlp.cpp:3: error";
    json document = gradescope_json(grade_of(result));
    check_rules(document);
    CHECK(document.at("output").get<std::string>().find("mlp.cpp:3: error") != std::string::npos);
    CHECK(document.at("score") == 0);

    result.tests.clear();
    result.error = "no file mlp.cpp";
    document = gradescope_json(grade_of(result));
    check_rules(document);
    CHECK(document.at("output").get<std::string>().find("no file mlp.cpp") != std::string::npos);
  }

  TEST_CASE("endless output of a submission does not make an endless document") {
    Result result = graded();
    result.tests[1].output.assign(1 << 20, 'x');
    result.compiler_output.assign(1 << 20, 'y');
    check_rules(gradescope_json(grade_of(result)));
  }

  TEST_CASE("a text alone is a document too") {
    const json document = grader::gradescope_json("The grader was stopped.");
    check_rules(document);
    CHECK(document.at("score") == 0);
  }
}
