#include <fmt/format.h>
#include <memory>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/next_step.hpp"
#include "home/test_lab.hpp"
#include "home/test_report.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

struct TestOptions {
  std::string lab;
  std::string task;
  unsigned long seconds = 10;
};

void print_next(const Context& context, const Lab& lab, const LabProgress& progress) {
  std::optional<NextStep> step = next_step(lab, progress);
  if (!step) {
    print_wrapped(fmt::format("\n{} Every test of {} passes. To see your code at work, type:\n\n    {}\n",
                              green("Well done."), lab.name, bold("./course demo " + lab.number())));
    step = next_step(load_labs(context.root), load_progress(context.root));
  }
  print_wrapped(fmt::format("\n{}:\n\n    {}\n\n", step->why, bold(step->command)));
}

int test(const Context& context, TestOptions options) {
  split_task(options.lab, options.task);
  const Lab lab = named_lab(context.root, options.lab);
  const BuiltTests tests = build_tests_of(lab, options.task);
  const auto others = options.task.empty() ? TestReport::Others::first_line : TestReport::Others::whole;

  print_warnings(lab);
  print_wrapped(fmt::format("\n{}  {}\n\n", bold(lab.name), lab.title));
  TestReport report(tests.chosen, others);
  const TestRound round =
      run_and_remember(tests, std::chrono::seconds(options.seconds), [&](const HomeRun& run) { report.print(run); });
  print_total(round);
  print_note(lab);
  print_next(context, lab, round.after);
  return round.passed() ? 0 : 1;
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
