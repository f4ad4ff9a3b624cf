#include "verify/verify_judge.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <random>

#include "judge/judge.hpp"
#include "judge/mistakes.hpp"
#include "system/parallel.hpp"
#include "verify/forgery.hpp"

namespace grader {

namespace {

/// A submission, and the check of its result.
struct Try {
  Submission submission;
  std::function<Problems(const Result&)> problems;
};

/// The tests that lost points but should not, and those that earned points but should not.
Problems unexpected_points(const Result& result, const std::vector<std::string>& failing) {
  Problems problems;
  for (const TestResult& test : result.tests) {
    const bool should_fail = std::ranges::find(failing, test.test.name) != failing.end();
    if (should_fail == (test.points == test.test.points)) {
      problems.push_back(fmt::format("seed {}, {}: '{}' should {}: status {}, {}\n{}", result.seed, result.student,
                                     test.test.name, should_fail ? "lose points" : "earn points", name_of(test.status),
                                     fmt::join(test.messages, "; "), result.compiler_output));
    }
  }
  return problems;
}

Problems unfinished_tests(const Result& result) {
  Problems problems;
  for (const TestResult& test : result.tests) {
    if (test.status != Status::todo || test.points != 0) {
      problems.push_back(
          fmt::format("seed {}, {}: '{}' is {}", result.seed, result.student, test.test.name, name_of(test.status)));
    }
  }
  return problems;
}

/// Checks a mistake that fails these tests: the test that should catch it must be one of them, and must name it.
Problems problems_of_mistake(const std::vector<std::string>& failing, const wire::Mistake& mistake,
                             const Result& result) {
  Problems problems = unexpected_points(result, failing);
  if (std::ranges::find(failing, mistake.test) == failing.end()) {
    problems.push_back(fmt::format("seed {}, {}: passes '{}'", result.seed, mistake.id, mistake.test));
  }
  std::vector<std::string> named;
  for (const TestResult& test : result.tests) {
    if (test.test.name == mistake.test) {
      std::ranges::transform(test.mistakes, std::back_inserter(named), &wire::Mistake::id);
    }
  }
  if (std::ranges::find(named, mistake.id) == named.end()) {
    problems.push_back(fmt::format(
        "seed {}, {}: not named in '{}'{}", result.seed, mistake.id, mistake.test,
        named.empty() ? "" : fmt::format(", but {}: do both produce the same values there?", fmt::join(named, ", "))));
  }
  return problems;
}

Submission submission_from(const std::filesystem::path& folder, const Lab& lab, const std::string& name) {
  Submission submission = read_submission(folder, lab.wanted());
  submission.student = name;
  return submission;
}

/// The starter with a missing semicolon in the second to last line.
Submission without_semicolon(const Lab& lab) {
  Submission submission = submission_from(lab.starter(), lab, "without_semicolon");
  submission.files.begin()->second += "int forgotten = 1\nint next = 2;\n";
  return submission;
}

/// A missing semicolon must be reported with its line in the student's file, in few words.
Problems unclear_compiler_output(const Lab& lab, const Submission& submission, const Result& result) {
  const auto& [name, content] = *submission.files.begin();
  const auto lines = std::ranges::count(content, '\n');
  const std::string place = fmt::format("labs/{}/{}:{}:", lab.name, name, lines);
  const std::string& output = result.compiler_output;
  const bool clear = output.starts_with(place) && std::ranges::count(output, '\n') < 8;
  return clear ? Problems{} : Problems{fmt::format("a missing semicolon before {} is reported as: {}", place, output)};
}

/// One mistake of each task, chosen by the seed. The others are graded in this process (verify_mistakes).
std::vector<wire::Mistake> one_of_each_task(const std::vector<wire::Mistake>& mistakes, std::uint64_t seed) {
  std::map<std::string, std::vector<wire::Mistake>> by_task;
  for (const wire::Mistake& mistake : mistakes) {
    by_task[TestInfo{mistake.test}.task()].push_back(mistake);
  }
  std::vector<wire::Mistake> chosen;
  for (const auto& [task, of_task] : by_task) {
    chosen.push_back(of_task[seed % of_task.size()]);
  }
  return chosen;
}

/// The mistake loses the points of the tests that its observations fail for the judge's seed, and is named.
Try try_mistake(const Lab& lab, const Judge& judge, const wire::Mistake& mistake) {
  const Submission submission = submission_from(lab.mistake_source(mistake.id), lab, mistake.id);
  const std::uint64_t seed = judge.seed_of(submission);
  wire::Expected expected = Reference(lab, seed).expected;
  expected.add_mistake(mistake, run_mistake(lab, mistake, seed));
  return {submission, [failing = expected.tests_failed_by(mistake.id), mistake](const Result& result) {
            return problems_of_mistake(failing, mistake, result);
          }};
}

}  // namespace

Problems verify_judge(const Lab& lab) {
  std::random_device device;
  const Judge judge(lab, device(), Isolation::sandbox);

  // The solution gets all points; the starter gets none, because it is not done
  std::vector<Try> tries;
  tries.push_back({submission_from(lab.solution(), lab, "solution"),
                   [](const Result& result) { return unexpected_points(result, {}); }});
  tries.push_back({submission_from(lab.starter(), lab, "starter"), unfinished_tests});
  const Submission forgetful = without_semicolon(lab);
  tries.push_back({forgetful, [&](const Result& result) { return unclear_compiler_output(lab, forgetful, result); }});
  for (const wire::Mistake& mistake : one_of_each_task(load_mistakes(lab), judge.seed())) {
    tries.push_back(try_mistake(lab, judge, mistake));
  }

  std::vector<Problems> problems(tries.size());
  for_each_parallel(tries.size(),
                    [&](std::size_t i) { problems[i] = tries[i].problems(judge.grade(tries[i].submission)); });
  Problems all = forgeable_tests(lab);
  for (const Problems& some : problems) {
    append(all, some);
  }
  fmt::print("graded {} submissions of {} with seed {}\n", tries.size(), lab.name, judge.seed());
  return all;
}

}  // namespace grader
