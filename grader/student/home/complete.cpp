#include "home/complete.hpp"

#include <algorithm>

#include "home/build.hpp"
#include "lab/lab.hpp"

namespace grader {

namespace {

using Words = std::vector<std::string>;

bool is_among(const std::string& word, const Words& words) { return std::ranges::find(words, word) != words.end(); }

/// Labs by their numbers, and tasks by theirs.
Words labs_and_tasks(const std::vector<Lab>& labs) {
  Words result;
  for (const Lab& lab : labs) {
    result.push_back(lab.number());
    for (const auto& [task, hints] : lab.hints) {
      result.push_back(task);
    }
  }
  return result;
}

Words tasks_of(const Lab& lab) {
  Words tasks;
  for (const auto& [task, hints] : lab.hints) {
    tasks.push_back(task);
  }
  return tasks;
}

}  // namespace

Words completions(const std::filesystem::path& root, const Words& commands, const Words& words) {
  if (words.size() < 2) {
    return commands;
  }
  const std::string& command = words.front();
  const std::vector<Lab> labs = load_labs(root);
  const bool knows_tasks = is_among(command, {"test", "watch", "hint"});
  if (words.size() == 2) {
    if (command == "earlier") {
      return {"mine", "solution"};
    }
    if (command == "data") {
      return {"list", "get", "path", "verify"};
    }
    if (command == "help") {
      return commands;
    }
    const bool knows_labs = is_among(command, {"demo", "bench", "run", "submit", "reset", "solution", "check"});
    Words numbers;
    std::ranges::transform(labs, std::back_inserter(numbers), &Lab::number);
    return knows_tasks ? labs_and_tasks(labs) : knows_labs ? numbers : Words{};
  }
  if (words.size() == 3 && (knows_tasks || command == "run")) {
    const auto lab = std::ranges::find(labs, words[1], &Lab::number);
    return lab == labs.end() ? Words{} : knows_tasks ? tasks_of(*lab) : programs_of(*lab);
  }
  return {};
}

}  // namespace grader
