#include "class/pages/student_page_parts.hpp"

#include <fmt/format.h>

#include "class/pages/class_figures.hpp"
#include "class/pages/parts.hpp"

namespace grader {

namespace {

Html code(const std::string& text) { return element("code", {text}); }

/// A term and its description, if there is one.
Html described(const std::string& term, const std::vector<std::string>& items) {
  Html list;
  for (const std::string& item : items) {
    list += element("li", {item});
  }
  Html html = element("dt", {term});
  html += element("dd", {element("ul", {list})});
  return items.empty() ? Html() : html;
}

/// The names and shapes of a test, on one line.
Html shapes_line(const std::string& term, const std::vector<std::string>& shapes) {
  Html line;
  for (const std::string& shape : shapes) {
    line += line.empty() ? "" : ", ";
    line += code(shape);
  }
  Html html = element("dt", {term});
  html += element("dd", {line});
  return shapes.empty() ? Html() : html;
}

Html mistake_box(const wire::Mistake& mistake, const Lab& lab) {
  const std::string task = TestInfo{mistake.test}.task();
  const std::string where = fmt::format(
      "These are exactly the numbers of a known mistake in task {0}. Read section {0} of labs/{1}/README.md.", task,
      lab.name);
  return element("div", {{"class", "mistake"}},
                 {element("p", {element("strong", {mistake.title})}), element("p", {mistake.hint}),
                  element("p", {{"class", "soft"}}, {where})});
}

/// The details of a test that was not passed.
Html explanation(const TestResult& test, const Lab& lab) {
  Html html;
  if (test.status == Status::todo) {
    for (const std::string& message : test.messages) {
      html += element("p", {{"class", "soft"}}, {message});
    }
  } else {
    html = element("dl", {shapes_line("Given", test.shapes.given), shapes_line("Expected shape", test.shapes.expected),
                          described("Where it went wrong", test.messages)});
  }
  for (const wire::Mistake& mistake : test.mistakes) {
    html += mistake_box(mistake, lab);
  }
  if (!test.output.empty()) {
    html += element("details", {element("summary", {"What your code printed"}), element("pre", {test.output})});
  }
  return html;
}

const char* mark_of(Status status) {
  if (status == Status::passed) {
    return "✓";
  }
  return status == Status::todo || status == Status::not_built ? "○" : "✗";
}

Html test_article(const TestResult& test, const Lab& lab, bool did_it_run) {
  const bool passed = test.status == Status::passed;
  Html heading = title_of(test.test);
  if (!passed && did_it_run) {
    heading += element("span", {{"class", "status"}}, {" – " + std::string(words_of(test.status))});
  }
  const std::string points = fmt::format("{} / {}", test.points, test.test.points);
  const Html mark = element("span", {{"class", "mark"}, {"aria-hidden", "true"}}, {mark_of(test.status)});
  const Html header =
      element("header", {mark, element("h3", {heading}), element("span", {{"class", "number"}}, {points})});
  return element("article", {{"class", kind_of(test.status)}},
                 {header, passed || !did_it_run ? Html() : explanation(test, lab)});
}

}  // namespace

std::vector<Task> tasks_of(const Result& result) {
  std::vector<Task> tasks;
  for (const TestResult& test : result.tests) {
    if (tasks.empty() || tasks.back().name != test.test.task()) {
      tasks.emplace_back().name = test.test.task();
    }
    tasks.back().tests.push_back(&test);
    tasks.back().points += test.points;
    tasks.back().max_points += test.test.points;
  }
  return tasks;
}

Html task_tests(const Task& task, const Result& result, const Lab& lab) {
  Html tests;
  for (const TestResult* test : task.tests) {
    tests += test_article(*test, lab, did_run(result));
  }
  tests = element("div", {{"class", "tests"}}, {tests});
  if (task.points == task.max_points) {
    return tests;
  }
  const std::string reading = fmt::format("Read section {} of labs/{}/README.md. At home: ", task.name, lab.name);
  return element("p", {{"class", "soft"}},
                 {reading, code(fmt::format("./course test {} {}", lab.number(), task.name)), ", ",
                  code(fmt::format("./course hint {}", task.name))}) +
         tests;
}

}  // namespace grader
