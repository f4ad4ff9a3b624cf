#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <vector>

#include "../build.hpp"
#include "../command_line.hpp"
#include "../judge.hpp"
#include "../lab_limits.hpp"
#include "../parallel.hpp"
#include "../results_folder.hpp"
#include "../terminal.hpp"
#include "commands.hpp"

namespace grader {

namespace {

struct GradeOptions {
  std::vector<std::string> submissions;
  std::string lab;
  std::string out;
  std::string seed;
  std::string limits;
  unsigned long jobs = 0;
  bool unsafe = false;
};

/// Stops if the student's code could not be contained, unless the instructor takes the risk.
Isolation choose_isolation(bool unsafe) {
  if (unsafe) {
    fmt::print("{} submissions run with your rights, outside any sandbox (--unsafe).\n", red("Warning:"));
    return Isolation::unsafe;
  }
  if (const std::string problem = sandbox_problem(); !problem.empty()) {
    throw std::runtime_error(problem + "\nTo run submissions with your own rights all the same, add --unsafe.");
  }
  return Isolation::sandbox;
}

/// Reads the submissions, in order. `02_mlp-kim.tar.gz`, as ./course submit names it, is kim's; two of the same name
/// get a number, so that neither replaces the other.
std::vector<Submission> read_all(const std::vector<std::string>& paths, const Lab& lab) {
  std::vector<Submission> submissions;
  std::map<std::string, int> seen;
  for (const std::string& path : paths) {
    Submission submission = read_submission(path, lab.files);
    std::erase(submission.ignored, "manifest.json");  // ./course submit put it there
    if (const std::string prefix = lab.name + "-";
        submission.student.starts_with(prefix) && submission.student.size() > prefix.size()) {
      submission.student.erase(0, prefix.size());
    }
    if (const int count = ++seen[submission.student]; count > 1) {
      submission.student += "~" + std::to_string(count);
    }
    submissions.push_back(std::move(submission));
  }
  return submissions;
}

std::string remark(const Result& result) {
  if (!result.error.empty()) {
    return result.error;
  }
  if (!result.tests.empty() && result.tests.front().status == Status::not_built) {
    return "does not compile";
  }
  std::string text;
  for (const TestResult& test : result.tests) {
    for (const wire::Mistake& mistake : test.mistakes) {
      if (mistake.test == test.test.name) {
        text += (text.empty() ? "" : "; ") + mistake.title;
      }
    }
  }
  return text;
}

void print_row(const Result& result, bool was_there) {
  fmt::print("{:<24} {:>3} / {:<3} {:>6.1f} s {:>6.1f} s  {}\n", result.student, result.points(), result.most_points(),
             result.compile_seconds, result.test_seconds, was_there ? dim("graded before") : remark(result));
  std::fflush(stdout);
}

/// Grades what has no result yet, and prints a row for each submission.
void grade_all(const Judge& judge, const std::vector<Submission>& submissions, const ResultsFolder& folder,
               std::size_t jobs) {
  std::mutex printing;
  for_each_parallel(
      submissions.size(),
      [&](std::size_t i) {
        const Submission& submission = submissions[i];
        const auto before = folder.find(submission.student, submission.sha256);
        const Result result = before ? *before : judge.grade(submission);
        if (!before) {
          folder.write(result);
        }
        const std::scoped_lock lock(printing);
        print_row(result, before.has_value());
      },
      jobs);
}

int grade(const Context& context, const GradeOptions& options) {
  // Know the lab, and that what is handed in can be contained
  Lab lab = find_lab(context.root, options.lab);
  if (!options.limits.empty()) {
    load_limits(lab, options.limits);
  }
  const Isolation isolation = choose_isolation(options.unsafe);
  const ResultsFolder folder(options.out, lab.name,
                             options.seed.empty() ? std::nullopt : std::optional(std::stoull(options.seed)));
  const std::vector<Submission> submissions = read_all(options.submissions, lab);

  // Let the reference and the mistakes run on the seed
  build(context.root, "check", lab.name + ".judge");
  const Judge judge(lab, folder.seed(), isolation);
  fmt::print("{}: {} tests, {} known mistakes, seed {}, containment: {}\n\n", lab.name, judge.tests().size(),
             judge.expected().mistakes().size(), folder.seed(), containment(isolation));

  fmt::print("{}\n",
             bold(fmt::format("{:<24} {:^9} {:>8} {:>8}  {}", "student", "points", "compile", "tests", "remarks")));
  grade_all(judge, submissions, folder, options.jobs);
  fmt::print("\nResults and reports: {}\n", options.out);
  return 0;
}

}  // namespace

void add_grade_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<GradeOptions>();
  CLI::App& command = add_command(app, for_instructors, "grade", "Grade submissions in a sandbox, with a secret seed",
                                  [context, options] { return grade(context, *options); });
  add_argument(command, "submission", options->submissions, "Folders, .tar.gz or .zip files, one per student");
  add_required(command, "--lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp");
  add_required(command, "--out", options->out, "The folder for results; the same command goes on where it stopped");
  add_option(command, "--seed", options->seed, "Grade with this seed instead of a secret one");
  add_option(command, "--limits", options->limits, "A JSON file with limits in place of those of lab.json");
  add_option(command, "--jobs", options->jobs, "How many submissions at the same time; by default one per core");
  add_flag(command, "--unsafe", options->unsafe, "Run submissions without a sandbox, with your own rights");
}

}  // namespace grader
