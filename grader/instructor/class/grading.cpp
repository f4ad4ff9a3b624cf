#include "class/grading.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <mutex>
#include <numeric>
#include <stdexcept>

#include "class/pages/pages.hpp"
#include "home/build.hpp"
#include "judge/judge.hpp"
#include "judge/lab_version.hpp"
#include "sandbox/sandbox_problem.hpp"
#include "system/parallel.hpp"
#include "system/terminal.hpp"
#include "system/utc.hpp"
#include "train/progress.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

/// Says how many results that count are by the lab as it was before, and what to do. What could not be read was judged
/// by no version.
void print_other_versions(const fs::path& results, const Lab& lab, const std::vector<Grade>& grades,
                          const std::string& version) {
  const auto others = std::ranges::count_if(
      grades, [&](const Grade& grade) { return grade.result.error.empty() && grade.result.lab_version != version; });
  if (others > 0) {
    fmt::print(
        "\n{} of {} grades are by another version of the lab than today's ({}). What would change:\n"
        "./course regrade --lab {} --results {} --diff\n",
        others, grades.size(), version, lab.number(), results.string());
  }
}

}  // namespace

Isolation choose_isolation(bool unsafe) {
  if (unsafe) {
    fmt::print("{} submissions run with your rights and without a sandbox (--unsafe).\n", red("Warning:"));
    return Isolation::unsafe;
  }
  if (const std::string problem = sandbox_problem(); !problem.empty()) {
    throw std::runtime_error(problem + "\nTo run submissions with your own rights anyway, add --unsafe.");
  }
  return Isolation::sandbox;
}

void keep_part(std::vector<Submission>& submissions, const std::string& part) {
  unsigned first = 0;
  unsigned count = 0;
  int length = 0;
  if (std::sscanf(part.c_str(), "%u/%u%n", &first, &count, &length) != 2 ||
      static_cast<std::size_t>(length) != part.size() || first >= count) {
    throw std::runtime_error("--part must be K/N with K below N, such as 0/4");
  }
  std::vector<Submission> kept;
  for (std::size_t i = first; i < submissions.size(); i += count) {
    kept.push_back(std::move(submissions[i]));
  }
  submissions = std::move(kept);
}

std::vector<Submission> missing(const std::vector<Submission>& submissions, const ResultsFolder& folder) {
  std::vector<Submission> left;
  std::ranges::copy_if(submissions, std::back_inserter(left), [&](const Submission& submission) {
    return !folder.has(submission.student, submission.sha256);
  });
  return left;
}

void build_judge(const Lab& lab) { build(lab.root, lab.name + ".judge"); }

void grade_missing(const Lab& lab, const std::vector<Submission>& submissions, const ResultsFolder& folder,
                   Isolation isolation, std::size_t jobs) {
  const std::vector<Submission> left = missing(submissions, folder);
  if (left.size() < submissions.size()) {
    fmt::print("{} of {} submissions already have a result.\n", submissions.size() - left.size(), submissions.size());
  }
  grade_all(lab, left, folder, isolation, jobs);
}

void grade_all(const Lab& lab, const std::vector<Submission>& submissions, const ResultsFolder& folder,
               Isolation isolation, std::size_t jobs) {
  if (submissions.empty()) {
    return;
  }

  // Run the reference on the seed
  const Judge judge(lab, folder.seed(), isolation);
  fmt::print("{}: {} tests, {} known mistakes, seed {}\n", lab.name, judge.tests().size(),
             judge.recorded().mistakes().size(), folder.seed());
  std::fflush(stdout);

  nn::Progress progress("grading", submissions.size());
  std::mutex showing;
  for_each_parallel(
      submissions.size(),
      [&](std::size_t i) {
        folder.write(submissions[i], judge.grade(submissions[i]));
        const std::scoped_lock lock(showing);
        progress.advance(1);
      },
      jobs);
  progress.finish();
}

Gradebook open_gradebook(const fs::path& results, bool make) {
  if (!make && !fs::exists(results / "grades.db")) {
    throw std::runtime_error(
        fmt::format("{} has no gradebook. Grade first: ./course grade SUBMISSIONS --lab 02 --out {}", results.string(),
                    results.string()));
  }
  return Gradebook(results / "grades.db");
}

Policy policy_of(const fs::path& results, const fs::path& root) {
  const fs::path file = results / "policy.json";
  if (!fs::exists(file)) return {};
  const Policy policy = load_policy(file);
  std::vector<std::string> labs;
  for (const Lab& lab : load_labs(root)) labs.push_back(lab.name);
  const bool is_graded = fs::exists(results / "grades.db");
  try {
    check_names(policy, labs, has_roster(results) ? read_roster(results / "roster.csv") : Roster(),
                is_graded ? Gradebook(results / "grades.db").students() : std::vector<std::string>());
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(fmt::format("{}: {}", file.string(), error.what()));
  }
  return policy;
}

void enter_attempts(const fs::path& results, const Lab& lab, const std::vector<Submission>& submissions) {
  Gradebook gradebook = open_gradebook(results, true);
  for (const Submission& submission : submissions) {
    const auto before = gradebook.enter_attempt(submission.student, lab.name, submission.sha256, submission.submitted);
    if (before) {
      fmt::print("{}: handed in {}, not {}\n", submission.student, utc_text(submission.submitted.best()),
                 before->empty() ? "at a time that nobody knew" : *before);
    }
  }
}

bool finish_grading(const fs::path& results, const Lab& lab, const std::vector<Submission>& submissions,
                    const ResultsFolder& folder) {
  Gradebook gradebook = open_gradebook(results, true);
  for (const Submission& submission : submissions) {
    const std::vector<Result> all = folder.all(submission.student, submission.sha256);
    if (all.empty()) {
      throw std::runtime_error(submission.student + " has no result yet. Run the same command again.");
    }
    for (const Result& result : all) {
      gradebook.enter(result, ResultsFolder::file_of(result));
    }
  }
  const std::string version = lab_version(lab);
  gradebook.let_count(lab.name, version);

  // If a student has several submissions, the report shows the one that counts
  const std::vector<Grade> grades =
      grades_of(gradebook, results, policy_of(results, lab.root), lab.name, roster_of(results, lab.name));
  for (const Grade& grade : grades) {
    folder.write_report(grade.result);
  }
  write_pages(results, lab, grades);
  print_grades(grades);
  print_other_versions(results, lab, grades, version);
  fmt::print("\nGradebook: {}. Reports: {}. The class: {}\n", (results / "grades.db").string(),
             (folder.path() / "reports").string(), bold((folder.path() / "class.html").string()));
  const bool has_points = std::ranges::any_of(grades, [](const Grade& grade) { return grade.result.points() > 0; });
  if (!has_points && submissions.size() > 1) {
    fmt::print("\n{} nobody has a single point. Is it the right lab, and are these the right files?\n",
               red("Warning:"));
  }
  return has_points || submissions.size() == 1;
}

std::string remark_of(const Result& result) {
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

void warn_of_strangers(const Roster& roster, const std::vector<Submission>& submissions) {
  std::vector<std::string> strangers;
  for (const Submission& submission : submissions) {
    if (roster.find(submission.student) == nullptr) strangers.push_back(submission.student);
  }
  if (!strangers.empty()) {
    fmt::print(
        "{} of nobody in the roster: {}. They are graded under these names. To give them to a student, write the "
        "name into the column folder of the roster.\n",
        red("Warning:"), fmt::join(strangers, ", "));
  }
}

namespace {

constexpr std::size_t min_name_columns = 24;
constexpr std::size_t max_name_columns = 44;

/// The last column of the table.
std::string table_remark(const Grade& grade) {
  const std::string remark = grade.override ? "override: " + grade.override->reason : remark_of(grade.result);
  if (grade.handed_in_by.empty()) return remark;
  return fmt::format("handed in by {}{}{}", grade.handed_in_by, remark.empty() ? "" : "; ", remark);
}

void print_summary(const std::vector<Grade>& grades) {
  std::vector<double> scores;
  for (const Grade& grade : grades) {
    if (grade.in_mean) scores.push_back(grade.score);
  }
  fmt::print("\n{}", counted(grades.size(), "student"));
  if (const std::size_t left_out = grades.size() - scores.size(); left_out > 0) {
    fmt::print("; {} handed in nothing, or nothing that can be read, and {} not in mean and median", left_out,
               left_out == 1 ? "is" : "are");
  }
  if (!scores.empty()) {
    std::ranges::sort(scores);
    const double sum = std::accumulate(scores.begin(), scores.end(), 0.0);
    fmt::print(", mean {:.1f}, median {}", sum / static_cast<double>(scores.size()),
               score_text((scores[(scores.size() - 1) / 2] + scores[scores.size() / 2]) / 2));
  }
  fmt::print("\n");
}

}  // namespace

void print_grades(const std::vector<Grade>& grades) {
  std::size_t widest = min_name_columns;
  for (const Grade& grade : grades) {
    widest = std::max(widest, display_width(grade.title()));
  }
  const std::size_t columns = std::min(widest, max_name_columns);
  fmt::print("\n{}\n", bold(fmt::format("{} {:>9}  {:>7}  {:>6}  {:>5}  {}", fitted("student", columns), "points",
                                        "late", "score", "tries", "remarks")));
  for (const Grade& grade : grades) {
    const std::string late = grade.penalty_percent > 0 ? fmt::format("-{} %", score_text(grade.penalty_percent)) : "";
    fmt::print("{} {:>3} / {:<3}  {:>7}  {:>6}  {:>5}  {}\n", fitted(grade.title(), columns), grade.result.points(),
               grade.result.max_points(), late, score_text(grade.score), grade.attempts, table_remark(grade));
  }
  print_summary(grades);
}

}  // namespace grader
