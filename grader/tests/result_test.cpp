#include "judge/result.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "judge/report.hpp"
#include "judge/shapes.hpp"

namespace {

using wire::Array;
using wire::Record;

Array zeros(const std::vector<std::size_t>& shape, std::size_t size) {
  return Array::of<double>(shape, std::vector<double>(size));
}

}  // namespace

TEST_SUITE("result") {
  TEST_CASE("shapes tell what is given and what should come out, and nothing that is hidden") {
    const wire::Matcher accuracy{wire::Matcher::Kind::accuracy, 0, 0.9, 0, zeros({7}, 7)};
    const grader::Shapes shapes = grader::shapes_of({{Record::Kind::begin, "2.4 test", {}, {}},
                                                     {Record::Kind::given, "x", zeros({5, 3}, 15), {}},
                                                     {Record::Kind::given, "rate", zeros({}, 1), {}},
                                                     {Record::Kind::hidden, "labels", zeros({7}, 7), {}},
                                                     {Record::Kind::observe, "dx", zeros({5, 3}, 15), {}},
                                                     {Record::Kind::observe, "predicted", zeros({}, 1), accuracy},
                                                     {Record::Kind::end, "", {}, {}}});
    CHECK(shapes.given == std::vector<std::string>{"x (5, 3)", "rate"});
    CHECK(shapes.expected == std::vector<std::string>{"dx (5, 3)", "predicted (7,)"});
  }

  TEST_CASE("a result comes back from JSON as it was") {
    grader::Result result;
    result.student = "kim";
    result.ignored = {"notes.txt"};
    grader::TestResult& test = result.tests.emplace_back();
    test.test = {"2.4 backward", 6};
    test.shapes = {{"x (5, 3)"}, {"dx (5, 3)", "dbias (3,)"}};
    test.status = grader::Status::failed;
    test.messages = {"dx: wrong shape"};
    test.mistakes = {{"id", "title", "hint", "2.4 backward"}};
    const nlohmann::json json = to_json(result);
    CHECK(to_json(grader::result_from_json(json)) == json);
    CHECK(grader::result_from_json(json).tests[0].shapes.expected == test.shapes.expected);
  }

  TEST_CASE("the report in Markdown names shapes of a wrong test, not of one that is not done") {
    grader::Result result;
    grader::TestResult& test = result.tests.emplace_back();
    test.test = {"2.4 backward", 6};
    test.shapes = {{"x (5, 3)"}, {"dx (5, 3)", "dbias (3,)"}};
    test.status = grader::Status::failed;
    CHECK(report(result).find("Given: x (5, 3)\n") != std::string::npos);
    CHECK(report(result).find("Expected shapes: dx (5, 3), dbias (3,)\n") != std::string::npos);
    test.status = grader::Status::todo;
    CHECK(report(result).find("Given") == std::string::npos);
  }
}
