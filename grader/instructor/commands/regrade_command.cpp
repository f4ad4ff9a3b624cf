#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "class/earlier_solutions.hpp"
#include "class/grading.hpp"
#include "class/regrade.hpp"
#include "command_line.hpp"
#include "commands.hpp"
#include "lab/lab_limits.hpp"
#include "system/terminal.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

struct RegradeOptions {
  std::string results = "results";
  std::string lab;
  std::string limits;
  unsigned long jobs = 0;
  bool diff = false;
  bool unsafe = false;
  bool earlier_closed = false;
};

void print_change(const Change& change) {
  fmt::print("{} {:>3} -> {:<3}\n", fitted(change.student, 32), change.before, change.after);
  for (const std::string& reason : change.reasons) {
    fmt::print("    {}\n", reason);
  }
}

int regrade_class(const Context& context, const RegradeOptions& options) {
  // Take the submissions as they were kept, and grade them with the lab of today
  Lab lab = find_lab(context.root, options.lab);
  if (!options.limits.empty()) {
    load_limits(lab, options.limits);
  }
  if (!std::filesystem::exists(std::filesystem::path(options.results) / lab.name / "grading.json")) {
    throw std::runtime_error(fmt::format("{} has no results of lab {}", options.results, lab.name));
  }
  const ResultsFolder folder(options.results, lab.name, std::nullopt);
  const std::vector<Submission> submissions = folder.submissions(lab.files);
  build_judge(lab);
  if (!options.earlier_closed) refuse_open_solutions(lab, policy_of(options.results, lab.root), utc_now());
  Gradebook gradebook = open_gradebook(options.results, false);
  const std::vector<Change> changes =
      regrade(lab, submissions, folder, gradebook, choose_isolation(options.unsafe), options.jobs);

  // Print whose points change, and why
  fmt::print("\nThe points of {} of {} submissions change.\n", changes.size(), submissions.size());
  for (const Change& change : changes) {
    print_change(change);
  }
  if (options.diff) {
    fmt::print("\nNothing has been changed. To make these results count, run the same command without --diff.\n");
    return 0;
  }
  accept_regraded(lab, submissions, folder);
  finish_grading(options.results, lab, submissions, folder);
  return 0;
}

}  // namespace

void add_regrade_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<RegradeOptions>();
  CLI::App& command =
      add_command(app, instructor_command("regrade"), [context, options] { return regrade_class(context, *options); });
  add_option(command, "--results", options->results, "The --out folder of `course grade`; by default results");
  add_required(command, "--lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp");
  add_option(command, "--limits", options->limits, "A JSON file with limits in place of those of lab.json");
  add_option(command, "--jobs", options->jobs, "How many submissions at the same time; by default one per core");
  add_flag(command, "--diff", options->diff, "Only show whose points would change, and why");
  add_flag(command, "--earlier-closed", options->earlier_closed, earlier_closed_help);
  add_flag(command, "--unsafe", options->unsafe, "Run submissions without a sandbox, with your own rights");
}

}  // namespace grader
