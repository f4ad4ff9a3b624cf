#include "class/pages/class_page_parts.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

#include "class/pages/parts.hpp"
#include "sandbox/sandbox.hpp"

namespace grader {

namespace {

/// "12 not done yet, 3 crashed": the statuses of a test in the submissions that failed it.
std::string failures_text(const TestFigures& test) {
  std::string text;
  for (const Status status : {Status::failed, Status::todo, Status::crashed, Status::timeout, Status::left}) {
    if (const std::size_t count = test.count(status); count > 0) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, words_of(status));
    }
  }
  return text;
}

Html test_row(const TestFigures& test) {
  const std::size_t passed = test.count(Status::passed);
  const std::size_t stopped = test.count(Status::crashed) + test.count(Status::timeout) + test.count(Status::left);
  const Html outcome = bar({{"passed", passed},
                            {"failed", test.count(Status::failed)},
                            {"stopped", stopped},
                            {"todo", test.count(Status::todo)}});
  const std::string failures = failures_text(test);
  return element("tr", {element("th", {{"scope", "row"}}, {title_of(test.test)}),
                        cell("number points", {std::to_string(test.test.points)}),
                        cell("number share", {share_text(passed, test.runs)}),
                        cell("outcome", {outcome, failures.empty() ? Html() : element("small", {failures})})});
}

}  // namespace

Html link_to(const std::string& student) {
  return element("a", {{"href", "reports/" + address_of(student + ".html")}}, {person(student)});
}

Html links_to(const std::vector<std::string>& students) {
  Html html;
  for (const std::string& student : students) {
    html += html.empty() ? "" : ", ";
    html += link_to(student);
  }
  return html;
}

Html tests_part(const std::vector<TestFigures>& tests, std::size_t runs) {
  // One group of rows for each task
  Html groups;
  for (std::size_t i = 0; i < tests.size();) {
    const std::string task = tests[i].test.task();
    Html rows = element("tr", {element("th", {{"colspan", "4"}, {"scope", "rowgroup"}}, {"Task " + task})});
    for (; i < tests.size() && tests[i].test.task() == task; ++i) {
      rows += test_row(tests[i]);
    }
    groups += element("tbody", {{"class", "group"}}, {rows});
  }

  const std::string count = count_text(runs, "submission", "submissions");
  const Html words = element("p", {{"class", "soft"}}, {"How each test ended in the " + count + " that could be run."});
  const Html key = element(
      "ul", {{"class", "key"}},
      {key_item("passed", "passed"), key_item("failed", "not right yet"),
       key_item("stopped", "crashed, time limit reached, ended the program"), key_item("todo", "not done yet")});
  return words + key +
         table("outcomes", {{"Test"}, {"Points", Of::numbers}, {"Passed", Of::numbers}, {"Outcome"}}, groups);
}

Html mistakes_part(const std::vector<MistakeFigures>& mistakes) {
  Html items;
  for (const MistakeFigures& figures : mistakes) {
    const std::string students = count_text(figures.students.size(), "student", "students");
    items += element(
        "li", {element("span", {{"class", "number"}}, {std::to_string(figures.students.size())}),
               element("div", {figures.mistake.title, element("small", {figures.mistake.test}),
                               element("details", {element("summary", {students}), links_to(figures.students)})})});
  }
  const Html words = element("p", {{"class", "soft"}},
                             {mistakes.empty() ? "No wrong number matches a known mistake."
                                               : "Wrong numbers that match a known mistake exactly."});
  return words + (mistakes.empty() ? Html() : element("ul", {{"class", "list"}}, {items}));
}

Html flaky_part(const std::vector<FlakyTest>& flaky) {
  Html rows;
  for (const FlakyTest& test : flaky) {
    Html endings;
    for (std::size_t i = 0; i < test.students.size(); ++i) {
      endings += element("li", {link_to(test.students[i]), ": " + std::string(words_of(test.statuses[i]))});
    }
    rows += element("tr", {element("th", {{"scope", "row"}}, {test.test}),
                           cell("endings", {element("ul", {{"class", "plain"}}, {endings})})});
  }
  const Html words = element(
      "p", {{"class", "soft"}},
      {"These tests had different results for the same files. Either the code depends on chance (uninitialised memory, "
       "time, addresses), or the machine was too busy. Grade these students again before you trust the points."});
  return flaky.empty() ? Html() : words + table("flaky", {{"Test"}, {"Ended"}}, element("tbody", {rows}));
}

Html time_part(std::vector<TestFigures> tests) {
  constexpr std::size_t max_shown = 5;
  const double limit = std::chrono::duration<double>(test_limits().wall).count();
  std::ranges::stable_sort(tests, std::ranges::greater(), &TestFigures::max_seconds);

  // Show a few of the slowest tests, and all that are close to the limit
  Html rows;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const bool is_slow = tests[i].max_seconds > limit / 2;
    if (i < max_shown || is_slow) {
      const Html mark = is_slow ? element("strong", {{"class", "broken"}}, {"slow"}) : Html();
      rows += element("tr", {element("th", {{"scope", "row"}}, {tests[i].test.name}),
                             cell("number", {seconds_text(tests[i].median_seconds)}),
                             cell("number", {seconds_text(tests[i].max_seconds)}), cell("number", {mark})});
    }
  }
  const Html words = element("p", {{"class", "soft"}},
                             {fmt::format("The slowest tests. The time limit of a test is {0:g} s; it is marked as "
                                          "slow if it once took more than {1:g} s.",
                                          limit, limit / 2)});
  return words +
         table("times", {{"Test"}, {"Median", Of::numbers}, {"Longest", Of::numbers}, {""}}, element("tbody", {rows}));
}

}  // namespace grader
