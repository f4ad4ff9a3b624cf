#include <algorithm>
#include <fmt/format.h>

#include "commands.hpp"
#include "home/progress.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

constexpr std::size_t max_title_width = 42;

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

void print_row(const Lab& lab, const LabProgress& progress, std::size_t width) {
  const unsigned possible = progress.tests.empty() ? 100 : progress.possible();
  std::string title = lab.title;
  if (title.size() > max_title_width) {
    title = fmt::format("{:.{}}…", title, max_title_width - 1);
  }
  fmt::print("  {}  {:<{}}  {} {:>3}  {}\n", bold(lab.number()), title, width, bar(progress.points(), possible, 10),
             progress.points(), state_of(lab, progress));
}

}  // namespace

int show_status(const Context& context) {
  const std::vector<Lab> labs = load_labs(context.root);
  CourseProgress progress = load_progress(context.root);

  fmt::print("\n{}\n\n", bold("Deep learning in C++20: from the perceptron to a translator"));
  std::size_t width = 0;
  for (const Lab& lab : labs) {
    width = std::max(width, std::min(lab.title.size(), max_title_width));
  }
  for (const Lab& lab : labs) {
    print_row(lab, progress[lab.name], width);
  }

  const NextStep step = next_step(labs, progress);
  fmt::print("{}{}:\n\n    {}\n\n", labs.empty() ? "" : "\n", step.why, bold(step.command));
  return 0;
}

}  // namespace grader
