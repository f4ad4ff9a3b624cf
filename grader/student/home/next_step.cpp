#include "home/next_step.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <system_error>

#include "system/utc.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

const LabProgress& progress_of(const Lab& lab, const CourseProgress& progress) {
  static const LabProgress nothing;
  const auto found = progress.find(lab.name);
  return found == progress.end() ? nothing : found->second;
}

/// The task to work on; nothing if all are done.
std::optional<TaskProgress> task_at_hand(const LabProgress& progress) {
  const std::vector<TaskProgress> tasks = progress.tasks();
  const auto last = std::ranges::find_if(tasks, [&](const auto& t) { return t.name == progress.task && !t.done; });
  if (last != tasks.end()) {
    return *last;
  }
  const auto failed = std::ranges::find_if(tasks, &TaskProgress::failed);
  if (failed != tasks.end()) {
    return *failed;
  }
  const auto open = std::ranges::find(tasks, false, &TaskProgress::done);
  return open == tasks.end() ? std::nullopt : std::optional(*open);
}

/// When the student's files of a lab changed or were tested last, in seconds since 1970; 0 if it is not started.
std::int64_t last_work(const Lab& lab, const LabProgress& progress) {
  std::int64_t last = progress.tested;
  if (is_untouched(lab)) {
    return last;
  }
  for (const std::string& file : lab.files) {
    std::error_code missing;
    const auto time = fs::last_write_time(lab.folder() / file, missing);
    if (!missing) {
      last = std::max(last, unix_seconds(time));
    }
  }
  return last;
}

}  // namespace

std::optional<NextStep> next_step(const Lab& lab, const LabProgress& progress) {
  const std::string test = "./course test " + lab.number();
  const std::string folder = "labs/" + lab.name + "/";
  if (const std::vector<std::string> missing = missing_files(lab); !missing.empty()) {
    return NextStep{fmt::format("{}{} is missing. To start again from the starter, type", folder, missing.front()),
                    "./course reset " + lab.number(), ""};
  }
  if (progress.tests.empty()) {
    return NextStep{
        fmt::format("{}, then type", is_untouched(lab) ? "Read " + folder + "README.md" : "Write on in " + folder),
        test, ""};
  }
  if (const auto task = task_at_hand(progress)) {
    return NextStep{fmt::format("{} task {} in {}{}, then type", task->failed ? "Correct" : "Write", task->name, folder,
                                lab.files.size() == 1 ? lab.files.front() : ""),
                    test + " " + task->name, task->name};
  }
  if (!progress.is_current(fingerprint(lab))) {
    return NextStep{"You have changed your code since some of the tests ran. To see where you are, type", test, ""};
  }
  return std::nullopt;
}

NextStep next_step(const std::vector<Lab>& labs, const CourseProgress& progress) {
  if (labs.empty()) {
    return {"There is no lab here yet. To see what can be done, type", "./course help", ""};
  }
  const Lab at_hand = lab_at_hand(labs, progress);
  const auto first = std::ranges::find(labs, at_hand.name, &Lab::name);
  for (auto lab = first; lab != labs.end(); ++lab) {
    if (auto step = next_step(*lab, progress_of(*lab, progress))) {
      return *step;
    }
  }
  return {"Every test has passed. To see your code at work, type", "./course demo " + labs.back().number(), ""};
}

Lab lab_at_hand(const std::vector<Lab>& labs, const CourseProgress& progress) {
  if (labs.empty()) {
    throw std::runtime_error("there is no lab here yet");
  }
  return *std::ranges::max_element(labs, {},
                                   [&](const Lab& lab) { return last_work(lab, progress_of(lab, progress)); });
}

Lab named_lab(const fs::path& root, const std::string& called) {
  return called.empty() ? lab_at_hand(load_labs(root), load_progress(root)) : find_lab(root, called);
}

void split_task(std::string& lab, std::string& task) {
  if (const std::size_t dot = lab.find('.'); dot != std::string::npos && task.empty()) {
    task = lab;
    lab = lab.substr(0, dot);
  }
}

}  // namespace grader
