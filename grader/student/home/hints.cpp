#include "home/hints.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <vector>

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

}  // namespace

std::string next_hint(const Lab& lab, const std::string& task) {
  const std::vector<std::string>& hints = hints_of(lab, task);

  // Reveal one more than last time
  std::size_t shown = 0;
  update_progress(lab.root, [&](CourseProgress& progress) {
    std::size_t& read = progress[lab.name].hints[task];
    read = std::min(read + 1, hints.size());
    shown = read;
  });

  std::string text = fmt::format("\n{}\n", bold(fmt::format("Task {} of {}", task, lab.name)));
  for (std::size_t i = 0; i < shown; ++i) {
    text += fmt::format("\n  {}\n{}", dim(fmt::format("Hint {} of {}", i + 1, hints.size())), indented(hints[i], 2));
  }
  if (shown < hints.size()) {
    return text + "\nTry this first. Still stuck? The same command shows one more.\n";
  }
  return text + fmt::format("\nThat is all there is; labs/{}/README.md derives the rest.\n", lab.name);
}

}  // namespace grader
