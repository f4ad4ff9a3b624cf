#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/hints.hpp"
#include "home/next_step.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

struct HintOptions {
  std::string lab;
  std::string task;
};

/// The task that is meant, which may be the one at hand. Throws std::runtime_error if every task is done.
std::string named_task(const Lab& lab, const std::string& task, const CourseProgress& progress) {
  if (!task.empty() || lab.hints.empty()) {
    return task;
  }
  const auto found = progress.find(lab.name);
  const auto step = next_step(lab, found == progress.end() ? LabProgress{} : found->second);
  const std::string first = lab.hints.begin()->first;
  if (!step) {
    throw std::runtime_error(
        fmt::format("every test of {} has passed, so no task waits for a hint. To read one all the same: ./course hint "
                    "{} {}",
                    lab.name, lab.number(), first));
  }
  return step->task.empty() ? first : step->task;
}

int show_hint(const Context& context, HintOptions options) {
  split_task(options.lab, options.task);
  const Lab lab = named_lab(context.root, options.lab);
  const std::string task = named_task(lab, options.task, load_progress(context.root));
  print_wrapped(next_hint(lab, task));
  fmt::print("\n    {}\n\n", bold(fmt::format("./course test {} {}", lab.number(), task)));
  return 0;
}

}  // namespace

void add_hint_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<HintOptions>();
  CLI::App& command = add_command(app, for_students, "hint", "Show a hint for a task; once more, and you see one more",
                                  [context, options] { return show_hint(context, *options); });
  add_option(command, "lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp; the one at hand by default");
  add_option(command, "task", options->task, "The task, such as 2.3; the one at hand by default");
  add_examples(command, "  ./course hint             the task at hand\n  ./course hint 2.3");
}

}  // namespace grader
