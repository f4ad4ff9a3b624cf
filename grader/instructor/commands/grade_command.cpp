#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

#include "class/cohort.hpp"
#include "class/earlier_solutions.hpp"
#include "class/grading.hpp"
#include "class/slurm.hpp"
#include "command_line.hpp"
#include "commands.hpp"
#include "lab/lab_limits.hpp"
#include "system/terminal.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

struct GradeOptions {
  std::vector<std::string> submissions;
  std::string lab;
  std::string out;
  std::string seed;
  std::string times;
  std::string roster;
  std::string limits;
  std::string executor = "here";
  std::string part;
  unsigned long jobs = 0;
  bool unsafe = false;
  bool earlier_closed = false;
};

/// The seed from the command line, if there is one.
std::optional<std::uint64_t> seed_of(const std::string& text) {
  if (text.empty()) {
    return std::nullopt;
  }
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw std::runtime_error("--seed must be a whole number below 2^64, not '" + text + "'");
  }
  return seed;
}

bool is_slurm(const std::string& executor) {
  if (executor != "here" && executor != "slurm") {
    throw std::runtime_error("--executor must be 'here' or 'slurm', not '" + executor + "'");
  }
  return executor == "slurm";
}

/// The command line for a node of the cluster, after `course` and without its part.
std::vector<std::string> slurm_words(const GradeOptions& options) {
  std::vector<std::string> words = {"grade"};
  for (const std::string& path : options.submissions) {
    words.push_back(std::filesystem::absolute(path));
  }
  words.insert(words.end(), {"--lab", options.lab, "--out", std::filesystem::absolute(options.out), "--jobs", "1"});
  for (const auto& [option, file] : {std::pair{"--times", options.times}, std::pair{"--limits", options.limits}}) {
    if (!file.empty()) {
      words.insert(words.end(), {option, std::filesystem::absolute(file)});
    }
  }
  if (options.unsafe) {
    words.emplace_back("--unsafe");
  }
  return words;
}

int grade(const Context& context, const GradeOptions& options) {
  // Find the lab, the submissions, and the folder for results
  Lab lab = find_lab(context.root, options.lab);
  if (!options.limits.empty()) {
    load_limits(lab, options.limits);
  }
  const SubmissionTimes times = options.times.empty() ? SubmissionTimes{} : read_times(options.times);
  if (!options.roster.empty()) {
    read_roster(options.roster);
    keep_roster(options.roster, options.out);
  }
  auto [submissions, exported, warnings] =
      read_cohort(options.submissions, lab, times, roster_of(options.out, lab.name));
  refuse_unreadable(submissions, lab);
  const ResultsFolder folder(options.out, lab.name, seed_of(options.seed));

  // On a node of a cluster: grade only its part
  if (!options.part.empty()) {
    keep_part(submissions, options.part);
    grade_missing(lab, submissions, folder, choose_isolation(options.unsafe), options.jobs);
    return 0;
  }

  // Grade the submissions without a result; a wrong policy stops it now, not at the end
  const Policy policy = policy_of(options.out, lab.root);
  for (const std::string& warning : warnings) fmt::print("{} {}\n", red("Warning:"), warning);
  keep_exported(exported, options.out, lab.name);
  if (has_roster(options.out)) {
    warn_of_strangers(roster_of(options.out, lab.name), submissions);
  }
  const bool on_slurm = is_slurm(options.executor);
  build_judge(lab);
  if (!options.earlier_closed) refuse_open_solutions(lab, policy, utc_now());
  if (on_slurm) {
    grade_on_slurm(slurm_words(options), lab, submissions, folder, options.jobs);
  } else {
    grade_missing(lab, submissions, folder, choose_isolation(options.unsafe), options.jobs);
  }
  enter_attempts(options.out, lab, submissions);
  return finish_grading(options.out, lab, submissions, folder) ? 0 : 1;
}

}  // namespace

void add_grade_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<GradeOptions>();
  CLI::App& command =
      add_command(app, instructor_command("grade"), [context, options] { return grade(context, *options); });
  add_argument(command, "submissions", options->submissions,
               "Folders, .tar.gz or .zip files, one per student, or a folder that contains them");
  add_required(command, "--lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp");
  add_required(command, "--out", options->out, "The folder for results; the same command continues where it stopped");
  add_option(command, "--seed", options->seed, "Grade with this seed instead of a secret one");
  add_option(command, "--times", options->times, "A file with lines STUDENT,TIME: when each handed in");
  add_option(command, "--roster", options->roster,
             "A CSV file with the columns name, id, email, folder, group: who takes the course. It is kept");
  add_option(command, "--limits", options->limits, "A JSON file with limits that replace those of lab.json");
  add_option(command, "--jobs", options->jobs,
             "How many submissions are graded at the same time; by default one per core");
  add_option(command, "--executor", options->executor, "here, or slurm: an array job on your cluster");
  add_option(command, "--part", options->part, "K/N: only every N-th submission, from number K on (for the cluster)");
  add_flag(command, "--earlier-closed", options->earlier_closed, earlier_closed_help);
  add_flag(command, "--unsafe", options->unsafe, "Run submissions without a sandbox, with your own rights");
}

}  // namespace grader
