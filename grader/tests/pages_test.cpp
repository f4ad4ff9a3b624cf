#include <algorithm>
#include <doctest/doctest.h>
#include <pugixml.hpp>
#include <set>

#include "class/pages/class_figures.hpp"
#include "class/pages/class_page.hpp"
#include "class/pages/html.hpp"
#include "class/pages/parts.hpp"
#include "class/pages/student_page.hpp"

namespace {

using grader::Grade;
using grader::Lab;
using grader::Status;
using grader::TestResult;

/// Texts that a student may try to get into a page.
const std::vector<std::string> hostile_texts{
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"><a href='javascript:alert(1)'>x</a>",
    "' onmouseover='alert(1)",
    "]]>--><!-- &lt;script&gt; &#60;script&#62;",
    "<![CDATA[<b>bold</b>]]>",
    std::string("nul\0here", 8),
    "\x1b[31mred\x1b[0m \x1b]8;;http://x\x07",
    "\xE2\x80\xAEtxet desrever \xE2\x81\xA6",
    "\xFF\xC0\xAF broken \xED\xA0\x80",
    "../../../etc/passwd",
    "<meta http-equiv=refresh content='0;url=http://x'>",
};

Lab some_lab() {
  Lab lab;
  lab.name = "02_mlp";
  lab.title = "Perceptrons & <friends>";
  lab.week = 2;
  return lab;
}

TestResult some_test(const std::string& name, Status status, unsigned points = 4) {
  TestResult test;
  test.test = {name, points};
  test.status = status;
  test.points = status == Status::passed ? points : 0;
  test.seconds = 0.25;
  return test;
}

Grade some_grade(const std::string& student, std::vector<TestResult> tests) {
  Grade grade;
  grade.result.student = student;
  grade.result.lab = "02_mlp";
  grade.result.sha256 = std::string(64, 'a');
  grade.result.graded_at = "2026-12-01T14:59:00Z";
  grade.result.isolation = "bubblewrap";
  grade.result.tests = std::move(tests);
  grade.score = grade.result.points();
  return grade;
}

/// A grade with `text` in every field that a student can influence, and in some others.
Grade hostile_grade(const std::string& text) {
  Grade grade = some_grade(text, {some_test("2.1 predict", Status::passed), some_test("2.4 backward", Status::failed),
                                  some_test("2.5 loss", Status::todo), some_test("2.6 forward", Status::crashed)});
  for (TestResult& test : grade.result.tests) {
    test.messages = {text, "dx: " + text};
    test.output = text;
    test.shapes = {{text}, {text}};
    test.mistakes = {{text, text, text, "2.4 " + text}};
  }
  grade.result.ignored = {text};
  grade.result.compiler_output = text;
  grade.override = grader::Override{1, text, text, text};
  return grade;
}

/// The page as a tree. Only well-formed pages can be read in this way.
pugi::xml_document parse(const std::string& page) {
  pugi::xml_document document;
  const pugi::xml_parse_result result =
      document.load_buffer(page.data(), page.size(), pugi::parse_full | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  REQUIRE_MESSAGE(result, result.description());
  return document;
}

std::string text_of(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xpath_node& found : node.select_nodes(".//text()")) {
    text += found.node().value();
    text += ' ';
  }
  return text;
}

std::size_t count(const pugi::xml_node& node, const std::string& path) {
  return node.select_nodes(path.c_str()).size();
}

/// Whether a page contains only the expected elements, attributes and addresses.
void check_inert(const std::string& page) {
  static const std::set<std::string> elements{
      "html",  "head", "body", "meta", "title",   "style",   "main",    "p",       "h1",     "h2",     "h3",
      "nav",   "ul",   "li",   "dl",   "dt",      "dd",      "div",     "span",    "strong", "small",  "a",
      "bdi",   "code", "pre",  "svg",  "text",    "rect",    "line",    "figure",  "table",  "thead",  "tbody",
      "tfoot", "tr",   "th",   "td",   "details", "summary", "section", "article", "header", "footer", "figcaption"};
  static const std::set<std::string> attributes{
      "lang",  "charset", "http-equiv", "content", "name",   "class",      "id",          "href",
      "scope", "colspan", "style",      "role",    "height", "width",      "x",           "y",
      "x1",    "x2",      "y1",         "y2",      "rx",     "aria-label", "aria-hidden", "text-anchor"};
  const pugi::xml_document document = parse(page);
  for (const pugi::xpath_node& found : document.select_nodes("//*")) {
    CHECK_MESSAGE(elements.contains(found.node().name()), found.node().name());
    for (const pugi::xml_attribute& attribute : found.node().attributes()) {
      CHECK_MESSAGE(attributes.contains(attribute.name()), attribute.name());
    }
    const std::string address = found.node().attribute("href").value();
    const bool is_of_reports = address.starts_with("reports/") && address.find('/', 8) == std::string::npos;
    CHECK((address.empty() || address.starts_with("#") || is_of_reports));
  }
  CHECK(count(document, "//comment()") == 0);
  CHECK(count(document, "//processing-instruction()") == 0);
  CHECK(std::ranges::none_of(page,
                             [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; }));
  CHECK(page.find("\xE2\x80\xAE") == std::string::npos);
}

}  // namespace

TEST_SUITE("pages") {
  TEST_CASE("whatever a student printed is inert in both pages") {
    for (const std::string& text : hostile_texts) {
      const Grade grade = hostile_grade(text);
      Grade broken = grade;
      broken.result.error = text;
      Grade not_compiled = grade;
      for (TestResult& test : not_compiled.result.tests) {
        test.status = Status::not_built;
      }
      for (const Grade& one : {grade, broken, not_compiled}) {
        check_inert(grader::student_page(some_lab(), one));
      }
      check_inert(grader::class_page(some_lab(), {grade, broken, not_compiled}));
    }
  }

  TEST_CASE("what is inert can still be read") {
    const std::string page = grader::student_page(some_lab(), hostile_grade("a < b && \"c\" > 'd'"));
    const pugi::xml_document document = parse(page);
    CHECK(std::string(document.select_node("//h1/bdi").node().child_value()) == "a < b && \"c\" > 'd'");
    CHECK(std::string(document.select_node("//pre").node().child_value()) == "a < b && \"c\" > 'd'");
  }

  TEST_CASE("both pages load and run nothing") {
    const Grade grade = hostile_grade("x");
    for (const std::string& page : {grader::student_page(some_lab(), grade), grader::class_page(some_lab(), {grade}),
                                    grader::class_page(some_lab(), {})}) {
      const pugi::xml_document document = parse(page);
      const std::string policy =
          document.select_node("/html/head/meta[@http-equiv='Content-Security-Policy']/@content").attribute().value();
      CHECK(policy.starts_with("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
      const std::string style = document.select_node("//style").node().child_value();
      CHECK(style.find("url(") == std::string::npos);
      CHECK(style.find("@import") == std::string::npos);
    }
  }

  TEST_CASE("an address leads to the file, whatever it is called") {
    CHECK(grader::address_of("kim.html") == "kim.html");
    CHECK(grader::address_of("a b#?%\"<\xC3\xA9") == "a%20b%23%3F%25%22%3C%C3%A9");
  }

  TEST_CASE("text of more than one character to escape is escaped once") {
    CHECK(grader::escape("<&>\"'&lt;") == "&lt;&amp;&gt;&quot;&#39;&amp;lt;");
  }

  TEST_CASE("a student's page shows the numbers of the messages and no other") {
    Grade grade = some_grade("kim", {some_test("2.4 backward", Status::failed)});
    grade.result.seed = 987654321;
    grade.result.tests[0].messages = {"dx: 3 of 6 numbers differ; worst at (1, 2): got 0.318220456 (shape (2, 3))"};
    grade.result.tests[0].shapes = {{"x (5, 3)"}, {"dx (2, 3)"}};
    const std::string text = text_of(parse(grader::student_page(some_lab(), grade)).select_node("//main").node());
    CHECK(text.find("worst at (1, 2): got 0.318220456") != std::string::npos);
    CHECK(text.find("x (5, 3)") != std::string::npos);
    CHECK(text.find("dx (2, 3)") != std::string::npos);
    CHECK(text.find("987654321") == std::string::npos);
    CHECK(text.find("0.", text.find("0.318220456") + 1) == std::string::npos);
  }

  TEST_CASE("the class never sees the seed either") {
    Grade grade = some_grade("kim", {some_test("2.4 backward", Status::failed)});
    grade.result.seed = 987654321;
    CHECK(grader::class_page(some_lab(), {grade}).find("987654321") == std::string::npos);
  }

  TEST_CASE("every failed test stands under the section of the handout that it names") {
    std::vector<TestResult> tests{some_test("2.1 predict", Status::passed), some_test("2.4 forward", Status::passed)};
    for (const Status status : {Status::failed, Status::todo, Status::crashed, Status::timeout, Status::left}) {
      tests.push_back(some_test("2.4 ended as " + std::string(name_of(status)), status));
    }
    const pugi::xml_document document = parse(grader::student_page(some_lab(), some_grade("kim", tests)));
    CHECK(count(document, "//article") == tests.size());
    for (const pugi::xpath_node& article : document.select_nodes("//article[not(@class='passed')]")) {
      const std::string section = text_of(article.node().select_node("ancestor::section").node());
      CHECK(section.find("Read section 2.4 of labs/02_mlp/README.md") != std::string::npos);
      CHECK(section.find("./course test 02 2.4") != std::string::npos);
    }
    CHECK(count(document, "//section[contains(., 'Read section 2.1')]") == 0);
  }

  TEST_CASE("a named mistake is shown with its hint, and with its own section") {
    Grade grade = some_grade("kim", {some_test("2.6 MLP::backward", Status::failed)});
    grade.result.tests[0].mistakes = {{"id", "The sum is forgotten.", "Which sum?", "2.4 Linear::backward"}};
    const pugi::xml_document document = parse(grader::student_page(some_lab(), grade));
    const std::string box = text_of(document.select_node("//div[@class='mistake']").node());
    CHECK(box.find("The sum is forgotten.") != std::string::npos);
    CHECK(box.find("Which sum?") != std::string::npos);
    CHECK(box.find("Read section 2.4") != std::string::npos);
  }

  TEST_CASE("the score of a student's page is that of the grade, and says how it came about") {
    Grade grade = some_grade("kim", {some_test("2.1 a", Status::passed, 8), some_test("2.1 b", Status::failed, 2)});
    grade.seconds_late = 90'000;
    grade.penalty_percent = 20;
    grade.score = 6.4;
    const pugi::xml_document late = parse(grader::student_page(some_lab(), grade));
    CHECK(std::string(late.select_node("//p[@class='score']/strong").node().child_value()) == "6.4");
    CHECK(std::string(late.select_node("//tfoot//td[@class='number']").node().child_value()) == "8 / 10");
    CHECK(text_of(late).find("The score is 20 % lower because the submission was 1 day 1 h late") != std::string::npos);

    grade.override = grader::Override{9, "Explained it.", "Lee", "2026-12-02T10:00:00Z"};
    grade.score = 9;
    const std::string overridden = text_of(parse(grader::student_page(some_lab(), grade)));
    CHECK(overridden.find("set by hand to 9 by Lee on 2026-12-02 10:00 UTC: Explained it.") != std::string::npos);
    CHECK(overridden.find("taken off") == std::string::npos);
  }

  TEST_CASE("a submission that cannot be read or compiled says so and blames no test") {
    Grade grade = some_grade("kim", {some_test("2.1 a", Status::not_built)});
    grade.result.compiler_output = "mlp.cpp:40: error: expected ';'";
    const std::string not_compiled = text_of(parse(grader::student_page(some_lab(), grade)));
    CHECK(not_compiled.find("mlp.cpp:40: error: expected ';'") != std::string::npos);
    grade.result.error = "It cannot be read as an archive.";
    const pugi::xml_document unread = parse(grader::student_page(some_lab(), grade));
    CHECK(text_of(unread).find("It cannot be read as an archive.") != std::string::npos);
    CHECK(count(unread, "//article") == 0);
  }

  TEST_CASE("durations are told in their two largest units") {
    CHECK(grader::duration_text(1) == "1 min");
    CHECK(grader::duration_text(3600) == "1 h");
    CHECK(grader::duration_text(12'000) == "3 h 20 min");
    CHECK(grader::duration_text(86'400 * 2 + 3600 * 3) == "2 days 3 h");
  }
}
