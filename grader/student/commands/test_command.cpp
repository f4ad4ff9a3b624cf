#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <set>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/compiler_report.hpp"
#include "home/given_files.hpp"
#include "home/next_step.hpp"
#include "home/run_tests.hpp"
#include "home/test_report.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

struct TestOptions {
  std::string lab;
  std::string task;
  unsigned long seconds = 10;
};

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

/// "58 of 100 points (+8)" after a bar.
void print_total(const LabProgress& progress, unsigned before, bool first_time) {
  const unsigned points = progress.points();
  std::string change;
  if (!first_time && points != before) {
    change = points > before ? green(fmt::format(" (+{} since last time)", points - before))
                             : yellow(fmt::format(" ({} fewer than last time)", before - points));
  }
  print_wrapped(fmt::format("\n  {}  {} of {} points{}\n", bar(points, progress.possible(), 20),
                            bold(std::to_string(points)), progress.possible(), change));
}

void print_next(const Context& context, const Lab& lab, const LabProgress& progress) {
  std::optional<NextStep> step = next_step(lab, progress);
  if (!step) {
    print_wrapped(fmt::format("\n{} Every test of {} passes. To see your code at work, type:\n\n    {}\n",
                              green("Well done."), lab.name, bold("./course demo " + lab.number())));
    step = next_step(load_labs(context.root), load_progress(context.root));
  }
  print_wrapped(fmt::format("\n{}:\n\n    {}\n\n", step->why, bold(step->command)));
}

void print_warnings(const Lab& lab) {
  if (const std::string warnings = warnings_of(lab); !warnings.empty()) {
    fmt::print("\n{}\n{}", yellow("The compiler warns:"), indented(warnings, 4));
  }
}

void print_note(const Lab& lab) {
  if (const std::string note = note_on_given_files(lab); !note.empty()) {
    print_wrapped(fmt::format("\n{}\n{}", yellow("Note:"), note));
  }
}

int test(const Context& context, TestOptions options) {
  split_task(options.lab, options.task);
  const Lab lab = named_lab(context.root, options.lab);
  const std::filesystem::path program = build_tests(lab);
  const std::string files = fingerprint(lab);
  const std::vector<TestInfo> all = list_tests(program);
  const std::vector<TestInfo> chosen = tests_of_task(all, options.task, lab);

  print_warnings(lab);
  print_wrapped(fmt::format("\n{}  {}\n\n", bold(lab.name), lab.title));
  TestReport report(chosen);
  const std::vector<HomeRun> runs =
      run_tests(program, chosen, std::chrono::seconds(options.seconds), [&](const HomeRun& run) { report.print(run); });

  unsigned before = 0;
  bool first_time = true;
  CourseProgress progress = update_progress(context.root, [&](CourseProgress& all_labs) {
    LabProgress& mine = all_labs[lab.name];
    before = mine.points();
    first_time = mine.tests.empty();
    remember(mine, all, runs, files);
  });
  print_total(progress[lab.name], before, first_time);
  print_note(lab);
  print_next(context, lab, progress[lab.name]);
  return std::all_of(runs.begin(), runs.end(), [](const HomeRun& run) { return run.status == Status::passed; }) ? 0 : 1;
}

}  // namespace

void add_test_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<TestOptions>();
  CLI::App& command = add_command(app, for_students, "test", "Build your code, run its tests, count the points",
                                  [context, options] { return test(context, *options); });
  add_option(command, "lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp; the one at hand by default");
  add_option(command, "task", options->task, "Only the tests of this task, such as 2.3");
  add_examples(command,
               "  ./course test             the lab at hand\n  ./course test 02          lab 02\n"
               "  ./course test 2.3         task 2.3 of it");
  add_option(command, "--seconds", options->seconds, "Stop a test after so many seconds (10)");
}

}  // namespace grader
