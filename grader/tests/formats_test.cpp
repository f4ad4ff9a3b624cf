#include "class/formats/formats.hpp"

#include <cmath>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <regex>
#include <set>

#include "class/formats/autolab.hpp"
#include "class/formats/canvas.hpp"
#include "class/formats/classroom50.hpp"
#include "class/formats/csv.hpp"
#include "class/formats/ctrf.hpp"
#include "class/formats/gradescope_json.hpp"
#include "class/formats/junit.hpp"
#include "class/formats/moodle.hpp"
#include "made_up_class.hpp"
#include "system/text.hpp"

namespace {

using namespace grader;
using nlohmann::json;

const std::string hostile = "=cmd()\"<script>]]>&'\x1b[31m\r\n::error::\xff," + std::string(1, '\0');

/// Grades of every kind: in time and late, an override, a hostile student, one that could not be graded.
std::vector<Grade> made_up_grades() {
  std::mt19937 random(3);
  std::vector<Grade> grades;
  for (int i = 0; i < 30; ++i) {
    Grade& grade = grades.emplace_back();
    grade.result = made_up_result("student" + std::to_string(i), random);
    grade.submitted_at = grade.result.submitted_at;
    grade.penalty_percent = i % 3 == 0 ? 7 : 0;
    grade.score = std::round(grade.result.points() * (100 - grade.penalty_percent)) / 100;
  }
  grades[1].override = Override{91.25, hostile, hostile, "2026-11-25T00:00:00Z"};
  grades[1].score = 91.25;
  grades[2].result.student = hostile;
  for (TestResult& test : grades[2].result.tests) {
    test.output = hostile;
    test.messages = {hostile};
  }
  grades[4].result.error = hostile;
  grades[5].result.compiler_output = hostile;
  return grades;
}

/// Whether the text contains no control characters except line feed, tab and carriage return.
bool has_no_controls(const std::string& text) {
  return std::ranges::none_of(text, [](unsigned char c) { return c == 0x7F || (c < 0x20 && c != '\n' && c != '\t'); });
}

bool holds_only(const json& object, const std::set<std::string>& keys) {
  for (const auto& [key, value] : object.items()) {
    if (!keys.contains(key)) {
      MESSAGE("not allowed: " << key);
      return false;
    }
  }
  return true;
}

/// The rows of a CSV file, read by the rules of RFC 4180.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      rows.back().back() += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      rows.back().emplace_back();
    } else if (!quoted && c == '\r' && text[i + 1] == '\n') {
      ++i;
      rows.emplace_back(1);
    } else {
      rows.back().back() += c;
    }
  }
  rows.pop_back();
  return rows;
}

}  // namespace

TEST_SUITE("formats") {
  TEST_CASE("csv has a row for each student, keeps to RFC 4180 and is inert in a spreadsheet") {
    const std::vector<Grade> grades = made_up_grades();
    const std::string text = csv(grades);
    const auto rows = read_csv(text);
    REQUIRE(rows.size() == grades.size() + 1);
    for (std::size_t i = 0; i < grades.size(); ++i) {
      REQUIRE(rows[i + 1].size() == rows[0].size());
      CHECK(std::stod(rows[i + 1][10]) == grades[i].score);
      for (const std::string& cell : rows[i + 1]) {
        CHECK((cell.empty() || std::string("=+-@\t\r").find(cell[0]) == std::string::npos));
      }
    }
    CHECK(rows[0][10] == "score");
    CHECK(rows[3][0].starts_with("'=cmd()\"<script>]]>&'?[31m?\n"));
  }

  TEST_CASE("gradescope: known keys, known values, unique names, and a sum that is the score where both are there") {
    for (const Grade& grade : made_up_grades()) {
      const json top = json::parse(gradescope_json(grade).dump(-1, ' ', false, json::error_handler_t::replace));
      CHECK(holds_only(top, {"score", "execution_time", "output", "output_format", "test_output_format",
                             "test_name_format", "visibility", "stdout_visibility", "extra_data", "tests"}));
      CHECK(top.at("score") == grade.score);
      CHECK(top.at("visibility") == "visible");
      std::set<std::string> names;
      double sum = 0;
      std::size_t scored = 0;
      for (const json& test : top.at("tests")) {
        CHECK(holds_only(
            test, {"name", "name_format", "status", "output", "output_format", "visibility", "score", "max_score"}));
        CHECK((test.at("status") == "passed" || test.at("status") == "failed"));
        CHECK(names.insert(test.at("name")).second);
        CHECK(test.contains("score") == test.contains("max_score"));
        if (test.contains("score")) {
          ++scored;
          sum += test.at("score").get<double>();
          CHECK(test.at("score") >= 0);
          CHECK(test.at("score") <= test.at("max_score"));
        }
      }
      CHECK((scored == 0 || (scored == top.at("tests").size() && sum == grade.score)));
      CHECK((scored > 0) == grade.is_sum_of_tests());
    }
  }

  TEST_CASE("junit: the elements and attributes of junit-10, counts that are right, times with three decimals") {
    const std::regex time("[0-9]+\\.[0-9]{3}");
    for (const Grade& grade : made_up_grades()) {
      pugi::xml_document document;
      const std::string text = junit_xml(grade);
      REQUIRE(document.load_buffer(text.data(), text.size(), pugi::parse_full));
      CHECK(has_no_controls(text));
      const pugi::xml_node suite = document.child("testsuites").child("testsuite");
      std::size_t tests = 0;
      std::size_t failures = 0;
      std::set<std::string> elements;
      for (const pugi::xml_node node : suite.children()) {
        elements.insert(node.name());
      }
      for (const pugi::xml_node test : suite.children("testcase")) {
        ++tests;
        failures += test.child("failure") ? 1 : 0;
        CHECK(std::regex_match(test.attribute("time").value(), time));
        CHECK(std::string(test.attribute("classname").value()) == "02_mlp");
        for (const pugi::xml_attribute attribute : test.attributes()) {
          CHECK(std::set<std::string>{"name", "classname", "time"}.contains(attribute.name()));
        }
      }
      CHECK(suite.attribute("tests").as_uint() == tests);
      CHECK(suite.attribute("failures").as_uint() == failures);
      CHECK(tests == grade.result.tests.size());
      elements.erase("system-err");
      CHECK(elements == std::set<std::string>{"properties", "testcase"});
      CHECK(suite.child("properties").find_child_by_attribute("name", "score").attribute("value").value() ==
            score_text(grade.score));
    }
  }

  TEST_CASE("ctrf: the keys of its schema, whole milliseconds, a summary that adds up") {
    for (const Grade& grade : made_up_grades()) {
      const json top = json::parse(ctrf_json(grade).dump(-1, ' ', false, json::error_handler_t::replace));
      CHECK(holds_only(top, {"reportFormat", "specVersion", "generatedBy", "results", "extra"}));
      CHECK(top.at("reportFormat") == "CTRF");
      CHECK(top.at("extra").at("score") == grade.score);
      const json& results = top.at("results");
      CHECK(holds_only(results, {"tool", "summary", "tests"}));
      const json& summary = results.at("summary");
      CHECK(summary.at("passed").get<int>() + summary.at("failed").get<int>() == summary.at("tests").get<int>());
      CHECK(summary.at("tests") == results.at("tests").size());
      CHECK(summary.at("start").is_number_integer());
      CHECK(summary.at("start") <= summary.at("stop"));
      unsigned points = 0;
      for (const json& test : results.at("tests")) {
        CHECK(holds_only(test, {"name", "status", "rawStatus", "duration", "suite", "extra", "message", "stdout"}));
        CHECK(test.at("duration").is_number_integer());
        CHECK(test.at("suite") == json::array({"02_mlp"}));
        points += test.at("extra").at("points").get<unsigned>();
      }
      CHECK(points == grade.result.points());
    }
  }

  TEST_CASE("classroom50: whole numbers in the proportion of the score") {
    for (const Grade& grade : made_up_grades()) {
      const json top = json::parse(classroom50_json(grade).dump(-1, ' ', false, json::error_handler_t::replace));
      CHECK(top.at("schema") == "classroom50/result/v1");
      CHECK(top.at("score").is_number_integer());
      CHECK(top.at("max-score").is_number_integer());
      CHECK(top.at("score").get<double>() / top.at("max-score").get<double>() ==
            doctest::Approx(grade.score / grade.max_points()));
      CHECK(top.at("datetime") == "2026-11-20T10:00:00Z");
      for (const json& test : top.at("tests")) {
        CHECK(test.at("passed").is_boolean());
        CHECK(test.at("score") == (test.at("passed") == true ? test.at("max-score") : json(0)));
      }
    }
  }

  TEST_CASE("canvas: the columns and the row of points that its import wants, one column for each lab") {
    std::vector<Grade> grades(3);
    grades[0].result.student = grades[1].result.student = "kim";
    grades[0].person = grades[1].person = {"kim", "Kim, Minsu", "20231234", "kim@x.kr", "", "", 2};
    grades[0].score = 85.5;
    grades[2].result.student = "lee";
    grades[2].person = {"lee", "=Lee", "20231235", "", "", "", 3};
    for (Grade& grade : grades) {
      grade.result.lab = "02_mlp";
      grade.result.tests.emplace_back().test.points = 100;
    }
    grades[1].result.lab = "03_optimizers";
    CHECK(canvas_csv(grades) ==
          "Student,ID,SIS User ID,SIS Login ID,Section,02_mlp,03_optimizers\r\n"
          "    Points Possible,,,,,100,100\r\n"
          "\"Kim, Minsu\",,20231234,kim@x.kr,,85.5,0\r\n"
          "'=Lee,,20231235,,,0,\r\n");
  }

  TEST_CASE("moodle: who it is by participant, id and e-mail address, and the grade of one lab") {
    std::vector<Grade> grades(2);
    grades[0].result.lab = grades[1].result.lab = "02_mlp";
    grades[0].person = {"kim", "Kim Minsu", "20231234", "kim@x.kr", "", "", 2};
    grades[0].score = 85.5;
    grades[1].person = {"lee_77", "Lee Jiwoo", "", "", "", "77", 3};
    CHECK(moodle_csv(grades) ==
          "Identifier,Full name,ID number,Email address,Grade,Last modified (grade)\r\n"
          ",Kim Minsu,20231234,kim@x.kr,85.5,\r\n"
          "Participant 77,Lee Jiwoo,,,0,\r\n");
    grades[1].result.lab = "03_optimizers";
    CHECK_THROWS_WITH_AS(moodle_csv(grades), doctest::Contains("--lab"), std::runtime_error);
  }

  TEST_CASE("formats that need a roster refuse grades without one and say what to do") {
    std::vector<Grade> grades(2);
    for (const Format& format : formats()) {
      CAPTURE(format.name);
      if (format.name != "canvas" && format.name != "moodle") {
        CHECK(known_grades(format, grades).size() == 2);
        continue;
      }
      CHECK_THROWS_WITH_AS(known_grades(format, grades), doctest::Contains("--roster"), std::runtime_error);
      std::vector<Grade> one_known = grades;
      one_known[0].person.id = "1";
      CHECK(known_grades(format, one_known).size() == 1);
    }
  }

  TEST_CASE("autolab: two lines, the last one holds the score") {
    for (const Grade& grade : made_up_grades()) {
      const std::string text = autolab_text(grade);
      REQUIRE(std::ranges::count(text, '\n') == 2);
      const std::size_t middle = text.find('\n');
      const json stages = json::parse(text.substr(0, middle));
      CHECK(stages.at("_presentation") == "semantic");
      for (const json& stage : stages.at("stages")) {
        CHECK(stages.contains(stage.get<std::string>()));
      }
      CHECK(json::parse(text.substr(middle + 1)) == json{{"scores", {{"02_mlp", grade.score}}}});
    }
  }

  TEST_CASE("no format carries control characters of what a student printed, nor what XML forbids") {
    for (Grade grade : made_up_grades()) {
      for (TestResult& test : grade.result.tests) test.output = "\uFFFE \uFFFF \u202E \U000E0041";
      for (const Format& format : formats()) {
        std::string text = format.all ? format.all({grade}) : format.one(grade);
        std::erase(text, '\r');
        CAPTURE(format.name);
        CHECK(has_no_controls(text));
        for (const char* forbidden : {"\uFFFE", "\uFFFF", "\u202E", "\U000E0041"})
          CHECK_FALSE(contains(text, forbidden));
      }
    }
  }
}
