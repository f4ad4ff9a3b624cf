#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <set>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/run_tests.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

struct TestOptions {
  std::string lab;
  std::string task;
  unsigned long seconds = 10;
};

/// The maximum number of lines of a failing test's message. If only one task is tested, all lines are shown.
constexpr std::size_t max_message_lines = 24;
constexpr std::size_t max_name_width = 56;

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

/// Where the code that is not written yet is: "mlp.cpp:31". The test program prints it in parentheses.
std::string place_of_gap(const std::string& output) {
  const std::string line = output.substr(0, output.find('\n'));
  const std::size_t open = line.rfind('(');
  const std::size_t close = line.rfind(')');
  const bool found = open != std::string::npos && close != std::string::npos && open < close;
  return found && line.find(':', open) < close ? ", " + line.substr(open + 1, close - open - 1) : "";
}

void print_run(const HomeRun& run, std::size_t width, std::size_t max_lines) {
  const bool passed = run.status == Status::passed;
  const bool gap = run.status == Status::todo;
  const std::string mark = passed ? green("✓") : gap ? dim("·") : red("✗");
  const std::string row =
      fmt::format("{:<{}}  {:>2}/{}", run.test.name, width, passed ? run.test.points : 0, run.test.points);
  fmt::print("  {} {}\n", mark, gap ? dim(row + "  not done yet" + place_of_gap(run.output)) : row);
  if (!passed && !gap) {
    fmt::print("{}", run.why.empty() ? "" : "      " + red(run.why) + "\n");
    fmt::print("{}", indented(run.output, 4, max_lines));
  }
  std::fflush(stdout);
}

/// "58 of 100 points (+8)" after a bar.
void print_total(const LabProgress& progress, unsigned before, bool first_time) {
  const unsigned points = progress.points();
  std::string change;
  if (!first_time && points != before) {
    change = points > before ? green(fmt::format(" (+{} since last time)", points - before))
                             : yellow(fmt::format(" ({} fewer than last time)", before - points));
  }
  fmt::print("\n  {}  {} of {} points{}\n", bar(points, progress.possible(), 20), bold(std::to_string(points)),
             progress.possible(), change);
}

void print_next(const Context& context, const Lab& lab, const LabProgress& progress) {
  const std::optional<NextStep> step = next_step(lab, progress);
  if (step) {
    fmt::print("\n{}:\n\n    {}\n\n", step->why, bold(step->command));
    return;
  }
  fmt::print("\n{} Every test of {} passes. To see your code at work, type:\n\n    {}\n\n", green("Well done."),
             lab.name, bold("./course demo " + lab.number()));
  const NextStep after = next_step(load_labs(context.root), load_progress(context.root));
  if (after.command != "./course demo " + lab.number()) {
    fmt::print("{}:\n\n    {}\n\n", after.why, bold(after.command));
  }
}

int test(const Context& context, TestOptions options) {
  // `test 2.3` is short for `test 02 2.3`
  if (const std::size_t dot = options.lab.find('.'); dot != std::string::npos && options.task.empty()) {
    options.task = options.lab;
    options.lab = options.lab.substr(0, dot);
  }
  const Lab lab = find_lab(context.root, options.lab);
  const std::filesystem::path program = build_tests(lab);
  const std::string files = fingerprint(lab);
  const std::vector<TestInfo> all = list_tests(program);
  const std::vector<TestInfo> chosen = tests_of_task(all, options.task, lab);

  fmt::print("\n{}  {}\n\n", bold(lab.name), lab.title);
  std::size_t width = 0;
  for (const TestInfo& test : chosen) {
    width = std::max(width, std::min(test.name.size(), max_name_width));
  }
  const std::size_t max_lines = options.task.empty() ? max_message_lines : std::string::npos;
  const std::vector<HomeRun> runs = run_tests(program, chosen, std::chrono::seconds(options.seconds),
                                              [&](const HomeRun& run) { print_run(run, width, max_lines); });

  unsigned before = 0;
  bool first_time = true;
  CourseProgress progress = update_progress(context.root, [&](CourseProgress& all_labs) {
    LabProgress& mine = all_labs[lab.name];
    before = mine.points();
    first_time = mine.tests.empty();
    remember(mine, all, runs, files);
  });
  print_total(progress[lab.name], before, first_time);
  print_next(context, lab, progress[lab.name]);
  return std::all_of(runs.begin(), runs.end(), [](const HomeRun& run) { return run.status == Status::passed; }) ? 0 : 1;
}

}  // namespace

void add_test_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<TestOptions>();
  CLI::App& command = add_command(app, for_students, "test", "Build your code, run its tests, count the points",
                                  [context, options] { return test(context, *options); });
  add_argument(command, "lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp");
  add_option(command, "task", options->task, "Only the tests of this task, such as 2.3");
  add_option(command, "--seconds", options->seconds, "Time limit of a test, in seconds (10)");
}

}  // namespace grader
