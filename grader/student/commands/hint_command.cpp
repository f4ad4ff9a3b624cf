#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/progress.hpp"
#include "lab/suggest.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

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

int show_hint(const Context& context, const std::string& task) {
  const Lab lab = find_lab(context.root, task.substr(0, task.find('.')));
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
    fmt::print("\n  {}\n{}", dim(fmt::format("Hint {} of {}", i + 1, hints.size())), indented(hints[i], 2));
  }
  if (shown < hints.size()) {
    fmt::print("\nTry with this hint first. Still stuck? The same command shows one more.\n");
  } else {
    fmt::print("\nThere are no more hints; labs/{}/README.md derives the rest.\n", lab.name);
  }
  fmt::print("\n    {}\n\n", bold(fmt::format("./course test {} {}", lab.number(), task)));
  return 0;
}

}  // namespace

void add_hint_command(CLI::App& app, const Context& context) {
  const auto task = std::make_shared<std::string>();
  CLI::App& command =
      add_command(app, for_students, "hint", "Show a hint for a task; the same command again shows one more",
                  [context, task] { return show_hint(context, *task); });
  add_argument(command, "task", *task, "The task, such as 2.3");
}

}  // namespace grader
