#include <algorithm>
#include <fmt/format.h>

#include "commands.hpp"
#include "home/cmake_cache.hpp"
#include "home/next_step.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

std::string state_of(const Lab& lab, const LabProgress& progress) {
  if (!missing_files(lab).empty()) {
    return red("a file is missing");
  }
  if (progress.tests.empty()) {
    return is_untouched(lab) ? dim("not started") : "not tested yet";
  }
  const std::string files = fingerprint(lab);
  if (!progress.is_current(files)) {
    return yellow("changed since the last test");
  }
  if (progress.is_complete(files)) {
    return green("complete");
  }
  return progress.points() == 0 ? dim("not started") : "in progress";
}

constexpr std::size_t widest_title = 42;
constexpr std::size_t beside_title = 45;  // columns of the number, the bar, the points, and the longest state

std::string fitted(const std::string& title, std::size_t width) {
  return title.size() <= width ? title : title.substr(0, width - 1) + "…";
}

void print_row(const Lab& lab, const LabProgress& progress, std::size_t width) {
  const unsigned possible = progress.tests.empty() ? 100 : progress.possible();
  const std::string title = fitted(lab.title, width);
  fmt::print("  {}  {}{:{}}  {} {:>3}  {}\n", bold(lab.number()), title, "", width - display_width(title),
             bar(progress.points(), possible, 10), progress.points(), state_of(lab, progress));
}

/// The tasks of a lab; which of their points are those of an older file.
void print_tasks(const Lab& lab, const LabProgress& progress) {
  const std::string files = fingerprint(lab);
  const std::string older = "tested with an older " + (lab.files.size() == 1 ? lab.files.front() : "version");
  for (const TaskProgress& task : progress.tasks()) {
    const std::string state = task.is_older_than(files) ? yellow(older)
                              : task.failed             ? red("not right yet")
                              : task.done               ? green("passed")
                                                        : dim("not done yet");
    fmt::print("      {:<5} {:>2}/{:<2}  {}\n", task.name, task.points, task.possible, state);
  }
}

}  // namespace

int show_status(const Context& context) {
  const std::vector<Lab> labs = load_labs(context.root);
  CourseProgress progress = load_progress(context.root);

  print_wrapped(fmt::format("\n{}\n\n", bold("Deep learning in C++20: from the perceptron to a translator")));
  const std::size_t room = terminal_width() - std::min<std::size_t>(terminal_width() - 12, beside_title);
  std::size_t width = 0;
  for (const Lab& lab : labs) {
    width = std::max(width, std::min({lab.title.size(), widest_title, room}));
  }
  const std::string at_hand = labs.empty() ? "" : lab_at_hand(labs, progress).name;
  for (const Lab& lab : labs) {
    print_row(lab, progress[lab.name], width);
    if (lab.name == at_hand) {
      print_tasks(lab, progress[lab.name]);
    }
  }

  if (cached_value(context.root, "EARLIER_LABS") == "mine") {
    print_wrapped("\nLater labs run on your own earlier ones (./course earlier).\n");
  }
  const NextStep step = next_step(labs, progress);
  print_wrapped(fmt::format("{}{}:\n\n    {}\n\n", labs.empty() ? "" : "\n", step.why, bold(step.command)));
  return 0;
}

}  // namespace grader
