#include "class/pages/class_page.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "class/pages/class_figures.hpp"
#include "class/pages/class_page_parts.hpp"
#include "class/pages/histogram.hpp"
#include "class/pages/html.hpp"
#include "class/pages/parts.hpp"

namespace grader {

namespace {

Html tile(const std::string& name, const std::string& number) {
  return element("div", {element("dt", {name}), element("dd", {number})});
}

Html scores_part(const Distribution& scores, std::size_t left_out) {
  const Html tiles =
      element("dl", {{"class", "tiles"}},
              {tile("Mean", fmt::format("{:.1f}", scores.mean)), tile("Median", score_text(scores.median)),
               tile("Middle half", score_text(scores.lower_quartile) + " – " + score_text(scores.upper_quartile)),
               tile("Range", score_text(scores.lowest) + " – " + score_text(scores.highest))});
  const std::string caption = fmt::format("Students by score, of {} points", score_text(scores.max_points));
  const Html figure = element("figure", {histogram(scores), element("figcaption", {caption})});
  const Html words = element(
      "p", {{"class", "soft"}},
      {fmt::format(
          "Without {} who handed in nothing, or nothing that can be read. To count them as 0, write \"missing\": "
          "\"zero\" into policy.json.",
          count_text(left_out, "student", "students"))});
  return tiles + figure + (left_out == 0 ? Html() : words);
}

/// The remarks about a student in the table: an override, and what is wrong with the submission.
Html remarks(const Grade& grade) {
  std::vector<std::string> lines;
  if (grade.override) {
    lines.push_back(fmt::format("Set by hand by {}: {}", grade.override->author, grade.override->reason));
  }
  if (!grade.handed_in_by.empty()) {
    lines.push_back("Handed in by " + grade.handed_in_by);
  }
  if (!did_run(grade.result)) {
    lines.push_back(grade.result.error.empty() ? "It does not compile." : grade.result.error);
  }
  for (const TestResult& test : grade.result.tests) {
    for (const wire::Mistake& mistake : test.mistakes) {
      if (std::ranges::find(lines, mistake.title) == lines.end()) {
        lines.push_back(mistake.title);
      }
    }
  }
  Html html;
  for (const std::string& line : lines) {
    html += element("div", {line});
  }
  return html;
}

Html student_row(const Grade& grade) {
  const std::string late = grade.seconds_late > 0 ? duration_text(grade.seconds_late) : "";
  const Html penalty =
      grade.penalty_percent > 0 ? element("small", {fmt::format("−{} %", score_text(grade.penalty_percent))}) : Html();
  const Html full_name = grade.person.name.empty() ? Html() : element("small", {" ", person(grade.person.name)});
  return element("tr",
                 {element("th", {{"scope", "row"}}, {link_to(grade.result.student), full_name}),
                  cell("number", {element("strong", {score_text(grade.score)})}),
                  cell("number points", {std::to_string(grade.result.points())}), cell("number late", {late, penalty}),
                  cell("number tries", {std::to_string(grade.attempts)}), cell("remark", {remarks(grade)})});
}

Html students_part(const std::vector<Grade>& grades) {
  Html rows;
  for (const Grade& grade : grades) {
    rows += student_row(grade);
  }
  return table("students",
               {{"Name"},
                {"Score", Of::numbers},
                {"Points", Of::numbers},
                {"Late", Of::numbers},
                {"Tries", Of::numbers},
                {"Remark"}},
               element("tbody", {rows}));
}

Html not_run_part(const std::vector<Grade>& grades) {
  Html items;
  for (const Grade& grade : grades) {
    if (!did_run(grade.result)) {
      items += element("tr", {element("th", {{"scope", "row"}}, {link_to(grade.result.student)}),
                              cell("remark", {why_not_run(grade.result)})});
    }
  }
  return items.empty() ? Html() : table("not-run", {{"Name"}, {"Why"}}, element("tbody", {items}));
}

Html identical_part(const std::vector<std::vector<std::string>>& groups) {
  Html items;
  for (const std::vector<std::string>& students : groups) {
    items += element("li", {element("span", {{"class", "number"}}, {std::to_string(students.size())}),
                            element("div", {links_to(students)})});
  }
  const Html words = element("p", {{"class", "soft"}},
                             {"These students handed in exactly the same files. This may be a group that works "
                              "together, a file handed in twice, or a copy: talk to them."});
  return groups.empty() ? Html() : words + element("ul", {{"class", "list"}}, {items});
}

/// The values of the results; if they differ, each with its count: "bubblewrap", or "a (3), b (37)".
template <class Get>
std::string versions_text(const std::vector<Grade>& grades, Get get) {
  std::map<std::string, std::size_t> counts;
  for (const Grade& grade : grades) {
    ++counts[get(grade.result)];
  }
  std::string text;
  for (const auto& [version, count] : counts) {
    text +=
        fmt::format("{}{}{}", text.empty() ? "" : ", ", version, counts.size() > 1 ? fmt::format(" ({})", count) : "");
  }
  return text;
}

Html notices(const std::vector<Grade>& grades) {
  std::set<std::string> versions;
  bool is_contained = true;
  for (const Grade& grade : grades) {
    versions.insert(grade.result.lab_version + grade.result.judge_version);
    is_contained &= !grade.result.isolation.starts_with("none");
  }
  Html html;
  if (!is_contained) {
    html += notice("Some submissions ran without a sandbox: their code could read everything that your user can read.");
  }
  if (versions.size() > 1) {
    html += notice(
        "Not all submissions were graded by the same version. ./course regrade shows whose points would change.");
  }
  return html;
}

/// What to teach next, whom to talk to, which results to check. Empty parts are left out.
std::vector<Part> parts_of(const std::vector<Grade>& grades) {
  const ClassFigures figures = figures_of(grades);
  const auto runs =
      std::ranges::count_if(grades, [](const Grade& grade) { return grade.is_own() && did_run(grade.result); });
  const auto left_out = std::ranges::count(grades, false, &Grade::in_mean);
  return {{"Scores", scores_part(figures.scores, static_cast<std::size_t>(left_out))},
          {"Tests", tests_part(figures.tests, static_cast<std::size_t>(runs))},
          {"Named mistakes", mistakes_part(figures.mistakes)},
          {"Students", students_part(grades)},
          {"Could not be run", not_run_part(grades)},
          {"Identical files", identical_part(figures.identical)},
          {"Flaky tests", flaky_part(figures.flaky)},
          {"Time", time_part(figures.tests)}};
}

Html footer(const std::vector<Grade>& grades) {
  const auto isolation = versions_text(grades, [](const Result& result) { return result.isolation; });
  const auto lab_versions = versions_text(grades, [](const Result& result) { return result.lab_version; });
  const auto judge_versions = versions_text(grades, [](const Result& result) { return result.judge_version; });
  return element("footer",
                 {element("p", {"Isolation: " + isolation}),
                  element("p", {fmt::format("Lab version {}, judge version {}", lab_versions, judge_versions)})});
}

}  // namespace

std::string class_page(const Lab& lab, const std::vector<Grade>& grades) {
  // The head: the lab, the time, the number of students
  Html body = element("p", {{"class", "eyebrow"}}, {fmt::format("{} · week {}", lab.name, lab.week)});
  body += element("h1", {lab.title});
  const std::string title = fmt::format("{}: the class", lab.name);
  if (grades.empty()) {
    return page(title, body + element("p", {"Nobody has been graded yet."}));
  }
  const std::string graded =
      std::ranges::max_element(grades, {}, [](const Grade& grade) { return grade.result.graded_at; })->result.graded_at;
  const std::string students = count_text(grades.size(), "student", "students");
  body += element("p", {{"class", "soft"}}, {fmt::format("{}, graded {}", students, moment_text(graded))});
  body += notices(grades);

  // The parts, after a list of them
  const std::vector<Part> parts = parts_of(grades);
  body += contents(parts);
  for (const Part& part : parts) {
    body += section(part);
  }
  return page(title, body + footer(grades));
}

}  // namespace grader
