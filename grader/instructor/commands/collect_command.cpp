#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "class/collect.hpp"
#include "command_line.hpp"
#include "commands.hpp"
#include "system/terminal.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

constexpr std::size_t commit_digits = 10;

struct CollectOptions {
  std::string folder;
  std::string lab;
  std::string deadline;
  std::string out = "submissions";
};

int collect_lab(const Context& context, const CollectOptions& options) {
  const Lab lab = find_lab(context.root, options.lab);
  const auto deadline =
      options.deadline.empty() ? std::nullopt : std::optional<std::int64_t>(utc_seconds(options.deadline));
  const std::vector<Collected> all = collect(options.folder, lab, deadline);
  write_collected(all, lab, options.out);

  std::size_t count = 0;
  for (const Collected& collected : all) {
    if (collected.problem.empty()) {
      ++count;
      fmt::print("{}  {}  {}\n", utc_text(collected.time), collected.commit.substr(0, commit_digits),
                 collected.student);
    }
  }
  for (const Collected& collected : all) {
    if (!collected.problem.empty())
      fmt::print("{} {} {}\n", red("Not collected:"), collected.student, collected.problem);
  }
  if (count == 0) throw std::runtime_error("no repository has anything to collect, so nothing was written");
  fmt::print("\n{} of {} repositories are in {}. Grade them:\n\n    {}\n", count, all.size(), options.out,
             bold(fmt::format("./course grade {} --lab {} --out results", options.out, lab.number())));
  return 0;
}

}  // namespace

void add_collect_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<CollectOptions>();
  CLI::App& command =
      add_command(app, instructor_command("collect"), [context, options] { return collect_lab(context, *options); });
  add_argument(command, "folder", options->folder, "A folder with a repository of git for each student");
  add_required(command, "--lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp");
  add_option(command, "--deadline", options->deadline,
             "Take the last commit until this time, such as 2026-12-01T23:59:00+09:00, instead of the last of all");
  add_option(command, "--out", options->out, "The folder for the submissions; by default submissions");
}

}  // namespace grader
