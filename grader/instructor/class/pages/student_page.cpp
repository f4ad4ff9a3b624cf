#include "class/pages/student_page.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "class/pages/class_figures.hpp"
#include "class/pages/html.hpp"
#include "class/pages/parts.hpp"
#include "class/pages/student_page_parts.hpp"

namespace grader {

namespace {

/// A bar that is full if all points were earned.
Html points_bar(double points, double max_points) {
  constexpr double parts = 1000;
  const double share = max_points > 0 ? std::clamp(points / max_points, 0.0, 1.0) : 0;
  const auto filled = static_cast<std::size_t>(std::lround(share * parts));
  return bar({{"passed", filled}, {"rest", static_cast<std::size_t>(parts) - filled}});
}

Html overview(const std::vector<Task>& tasks, const Result& result) {
  Html rows;
  for (const Task& task : tasks) {
    const Html link = element("a", {{"href", "#Task-" + task.name}}, {"Task " + task.name});
    rows += element(
        "tr", {element("th", {{"scope", "row"}}, {link}), cell("outcome", {points_bar(task.points, task.max_points)}),
               cell("number", {fmt::format("{} / {}", task.points, task.max_points)})});
  }
  const Html total = element("tr", {element("th", {{"scope", "row"}}, {"All tasks"}), cell("outcome", {}),
                                    cell("number", {fmt::format("{} / {}", result.points(), result.max_points())})});
  Html body = element("tbody", {rows});
  body += element("tfoot", {total});
  return table("tasks", {{"Task"}, {""}, {"Points", Of::numbers}}, body);
}

/// How the score follows from the points, if it is different.
Html score_notes(const Grade& grade) {
  Html html;
  const std::string points = fmt::format("The tests gave {} points", grade.result.points());
  if (grade.override) {
    html += notice(fmt::format("{}. The score was set by hand to {} by {} on {}: {}", points,
                               score_text(grade.override->score), grade.override->author,
                               moment_text(grade.override->made_at), grade.override->reason));
  } else if (grade.penalty_percent > 0) {
    html += notice(fmt::format("{}. The score is {} % lower because the submission was {} late.", points,
                               score_text(grade.penalty_percent), duration_text(grade.seconds_late)));
  }
  return html;
}

Html heading(const Lab& lab, const Grade& grade) {
  Html html = element("p", {{"class", "eyebrow"}}, {fmt::format("{} · {}", lab.name, lab.title)});
  const std::string& name = grade.person.name;
  html += element("h1", {person(name.empty() ? grade.result.student : name)});
  html += element("p", {{"class", "score"}},
                  {element("strong", {score_text(grade.score)}),
                   element("span", {fmt::format("of {} points", score_text(grade.max_points()))})});
  html += points_bar(grade.score, grade.max_points());
  const std::string submitted =
      grade.submitted_at.empty() ? "" : fmt::format("Handed in {}. ", moment_text(grade.submitted_at));
  const std::string group =
      grade.handed_in_by.empty() ? "" : fmt::format(" Handed in by {} for the group.", grade.handed_in_by);
  const std::string tries = grade.attempts > 1 ? fmt::format(" {} attempts; this one counts.", grade.attempts) : "";
  html += element("p", {{"class", "soft"}},
                  {fmt::format("{}Graded {}.{}{}", submitted, moment_text(grade.result.graded_at), group, tries)});
  return html + score_notes(grade);
}

/// The files of the submission that the lab does not ask for.
Html ignored_files(const Result& result) {
  Html items;
  for (const std::string& name : result.ignored) {
    items += element("li", {element("code", {name})});
  }
  const Html words =
      element("p", {{"class", "soft"}}, {"The lab does not ask for these files, so they were not read."});
  return result.ignored.empty() ? Html() : words + element("ul", {items});
}

/// The compiler's messages, if the code does not compile.
Html not_built(const Result& result) {
  const Html words = element("p", {{"class", "soft"}}, {"So no test could run. The compiler said:"});
  return did_run(result) ? Html() : words + element("pre", {result.compiler_output});
}

Html footer(const Result& result) {
  const Html files = element("p", {"Your files: sha256 ", element("code", {result.sha256.substr(0, 12)}), "."});
  return element("footer",
                 {result.sha256.empty() ? Html() : files,
                  element("p", {"For grading, tests draw new numbers, so they differ from those at home. The expected "
                                "numbers are not shown here; ./course test shows them for its own numbers."})});
}

}  // namespace

std::string student_page(const Lab& lab, const Grade& grade) {
  const Result& result = grade.result;
  const std::string title = fmt::format("{}: {}", lab.name, result.student);
  Html body = heading(lab, grade);
  if (!result.error.empty()) {
    body += section({"Nothing could be graded", element("pre", {result.error})});
  } else {
    const std::vector<Task> tasks = tasks_of(result);
    body += section({"It does not compile", not_built(result)});
    body += section({"Points", overview(tasks, result)});
    for (const Task& task : tasks) {
      body += section({"Task " + task.name, task_tests(task, result, lab)});
    }
  }
  body += section({"Ignored files", ignored_files(result)});
  return page(title, body + footer(result));
}

}  // namespace grader
