#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/next_step.hpp"
#include "lab/suggest.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

struct HintOptions {
  std::string lab;
  std::string task;
};

/// The hints of a task. Throws std::runtime_error that lists the tasks that have some.
const std::vector<std::string>& hints_of(const Lab& lab, const std::string& task) {
  const auto found = lab.hints.find(task);
  if (found != lab.hints.end() && !found->second.empty()) {
    return found->second;
  }
  if (lab.hints.empty()) {
    throw std::runtime_error(fmt::format("{0} has no hints: labs/{0}/README.md explains every task", lab.name));
  }
  std::vector<std::string> tasks;
  for (const auto& [name, hints] : lab.hints) {
    tasks.push_back(name);
  }
  throw std::runtime_error(fmt::format("there is no hint for '{}' in {}.{} Tasks with hints: {}", task, lab.name,
                                       did_you_mean(task, tasks), fmt::join(tasks, ", ")));
}

/// The task that is meant, which may be the one at hand.
std::string named_task(const Lab& lab, const std::string& task, const CourseProgress& progress) {
  if (!task.empty() || lab.hints.empty()) {
    return task;
  }
  const auto found = progress.find(lab.name);
  const auto step = next_step(lab, found == progress.end() ? LabProgress{} : found->second);
  return step && !step->task.empty() ? step->task : lab.hints.begin()->first;
}

int show_hint(const Context& context, HintOptions options) {
  split_task(options.lab, options.task);
  const Lab lab = named_lab(context.root, options.lab);
  const std::string task = named_task(lab, options.task, load_progress(context.root));
  const std::vector<std::string>& hints = hints_of(lab, task);

  // Reveal one more than last time
  std::size_t shown = 0;
  update_progress(context.root, [&](CourseProgress& progress) {
    std::size_t& read = progress[lab.name].hints[task];
    read = std::min(read + 1, hints.size());
    shown = read;
  });

  fmt::print("\n{}\n", bold(fmt::format("Task {} of {}", task, lab.name)));
  for (std::size_t i = 0; i < shown; ++i) {
    print_wrapped(
        fmt::format("\n  {}\n{}", dim(fmt::format("Hint {} of {}", i + 1, hints.size())), indented(hints[i], 2)));
  }
  if (shown < hints.size()) {
    print_wrapped("\nTry with this first. Still stuck? The same command shows one more.\n");
  } else {
    print_wrapped(fmt::format("\nThat is all there is; labs/{}/README.md derives the rest.\n", lab.name));
  }
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
