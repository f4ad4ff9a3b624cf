#include "home/test_lab.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <stdexcept>

#include "home/compiler_report.hpp"
#include "home/given_files.hpp"
#include "home/run_tests.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

std::vector<TestInfo> tests_of_task(const std::vector<TestInfo>& all, const std::string& task, const Lab& lab) {
  std::vector<TestInfo> chosen;
  std::set<std::string> tasks;
  for (const TestInfo& test : all) {
    tasks.insert(test.task());
    if (task.empty() || test.task() == task) {
      chosen.push_back(test);
    }
  }
  if (chosen.empty()) {
    throw std::runtime_error(
        fmt::format("{} has no tests of a task '{}'. Its tasks: {}", lab.name, task, fmt::join(tasks, ", ")));
  }
  return chosen;
}

}  // namespace

BuiltTests build_tests_of(const Lab& lab, const std::string& task) {
  BuiltTests tests;
  tests.lab = lab;
  tests.files = fingerprint(lab);
  tests.program = build_tests(lab);
  tests.all = list_tests(tests.program);
  tests.chosen = tests_of_task(tests.all, task, lab);
  return tests;
}

bool TestRound::passed() const {
  return std::ranges::all_of(runs, [](const HomeRun& run) { return run.status == Status::passed; });
}

TestRound run_and_remember(const BuiltTests& tests, std::chrono::milliseconds limit,
                           const std::function<void(const HomeRun&)>& show) {
  TestRound round;
  round.runs = run_tests(tests.program, tests.chosen, limit, show);
  update_progress(tests.lab.root, [&](CourseProgress& progress) {
    LabProgress& mine = progress[tests.lab.name];
    round.before = mine;
    remember(mine, tests.all, round.runs, tests.files);
    round.after = mine;
  });
  return round;
}

bool all_tests_pass(const Lab& lab) {
  const LabProgress recorded = load_progress(lab.root)[lab.name];
  const std::string files = fingerprint(lab);
  if (recorded.is_current(files)) {
    return recorded.is_complete(files);
  }
  print_wrapped(dim("Running the tests of " + lab.name + " first ...") + "\n");
  return run_and_remember(build_tests_of(lab, ""), std::chrono::seconds(10)).passed();
}

void print_warnings(const Lab& lab) {
  if (const std::string warnings = warnings_of(lab); !warnings.empty()) {
    fmt::print("\n{}\n{}", yellow("The compiler warns:"), indented(warnings, 4));
  }
}

void print_total(const TestRound& round) {
  const unsigned points = round.after.points();
  const unsigned before = round.before.points();
  std::string change;
  if (!round.before.tests.empty() && points != before) {
    change = points > before ? green(fmt::format(" (+{} since last time)", points - before))
                             : yellow(fmt::format(" ({} fewer than last time)", before - points));
  }
  print_wrapped(fmt::format("\n  {}  {} of {} points{}\n", bar(points, round.after.possible(), 20),
                            bold(std::to_string(points)), round.after.possible(), change));
}

void print_note(const Lab& lab) {
  if (const std::string note = note_on_given_files(lab); !note.empty()) {
    print_wrapped(fmt::format("\n{}\n{}", yellow("Note:"), note));
  }
}

}  // namespace grader
