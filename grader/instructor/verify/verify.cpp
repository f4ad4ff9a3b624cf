#include "verify/verify.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <random>

#include "files/scratch_folder.hpp"
#include "home/home_run.hpp"
#include "judge/judge.hpp"
#include "judge/mistakes.hpp"
#include "judge/transcript.hpp"
#include "system/parallel.hpp"
#include "system/process.hpp"

namespace grader {

namespace {

constexpr std::chrono::milliseconds test_limit{60'000};
constexpr int skipped_status = 77;
constexpr std::uint64_t seeds_to_try = 4;

HomeRun run_at_home(const Lab& lab, const std::string& variant, const TestInfo& test) {
  return run_test(lab.program(variant, "tests"), test, test_limit);
}

/// Says where two recorded documents differ: in their keys, their texts, or their numbers beyond rounding.
Problems differences(const safetensors::Document& recorded, const safetensors::Document& today) {
  Problems problems;
  if (recorded.metadata != today.metadata) {
    problems.push_back("the titles, hints or tests of the mistakes have changed");
  }
  for (const auto& [key, value] : today.tensors) {
    const safetensors::Array* before = recorded.find(key);
    if (before == nullptr) {
      problems.push_back(key + " is not recorded");
    } else if (!wire::is_same(value, *before)) {
      problems.push_back(key + " has another value today: " + wire::describe(wire::compare(value, *before, {}), true));
    }
  }
  for (const auto& [key, value] : recorded.tensors) {
    if (today.find(key) == nullptr) {
      problems.push_back(key + " is recorded, but nothing observes it any more");
    }
  }
  return problems;
}

/// The tests that lost points but should not have, and those that kept them but should not.
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

Problems problems_of_mistake(const wire::Expected& expected, const wire::Mistake& mistake, const Result& result) {
  const std::vector<std::string> failing = expected.tests_failed_by(mistake.id);
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
        named.empty() ? "" : fmt::format(", but {}: do both give the same values there?", fmt::join(named, ", "))));
  }
  return problems;
}

/// The mistakes that change nothing, for a seed, in the test that is meant to catch them.
Problems mistakes_not_caught(const Lab& lab, const std::vector<wire::Mistake>& mistakes, std::uint64_t seed) {
  Problems problems;
  const wire::Expected expected = observe_reference(lab, run_reference(lab.program("solution", "tests"), seed), seed);
  for (const wire::Mistake& mistake : mistakes) {
    const std::vector<std::string> failing = expected.tests_failed_by(mistake.id);
    if (std::ranges::find(failing, mistake.test) == failing.end()) {
      problems.push_back(fmt::format("{}: not caught in '{}' with seed {}", mistake.id, mistake.test, seed));
    }
  }
  return problems;
}

Submission submission_from(const std::filesystem::path& folder, const Lab& lab, const std::string& name) {
  Submission submission = read_submission(folder, lab.files);
  submission.student = name;
  return submission;
}

/// The starter with a semicolon forgotten in its last line but one.
Submission without_semicolon(const Lab& lab) {
  Submission submission = submission_from(lab.starter(), lab, "without_semicolon");
  submission.files.begin()->second += "int forgotten = 1\nint next = 2;\n";
  return submission;
}

/// Who forgot a semicolon is told the line of the own file, in few words.
Problems unclear_compiler_output(const Lab& lab, const Submission& submission, const Result& result) {
  const auto& [name, content] = *submission.files.begin();
  const auto lines = std::ranges::count(content, '\n');
  const std::string place = fmt::format("labs/{}/{}:{}:", lab.name, name, lines);
  const std::string& output = result.compiler_output;
  const bool clear = output.starts_with(place) && std::ranges::count(output, '\n') < 8;
  return clear ? Problems{} : Problems{fmt::format("a forgotten semicolon before {} is told as: {}", place, output)};
}

}  // namespace

std::filesystem::path expected_file(const Lab& lab) { return lab.folder() / "expected.safetensors"; }

wire::Expected observe_on_public_seed(const Lab& lab) {
  return observe_reference(lab, run_reference(lab.program("solution", "tests"), wire::public_seed), wire::public_seed);
}

Problems verify_solution(const Lab& lab) {
  const std::vector<TestInfo> tests = list_tests(lab.program("solution", "tests"));
  Problems problems = problems_of_frame(lab, tests, load_mistakes(lab));
  for (const TestInfo& test : tests) {
    const HomeRun run = run_at_home(lab, "solution", test);
    if (run.status != Status::passed) {
      problems.push_back(fmt::format("{}: {}\n{}", test.name, run.why, run.output));
    }
  }
  return problems;
}

Problems verify_starter(const Lab& lab) {
  Problems problems;
  for (const TestInfo& test : list_tests(lab.program("starter", "tests"))) {
    const HomeRun run = run_at_home(lab, "starter", test);
    if (run.status != Status::todo || run.output.find("not done yet") == std::string::npos) {
      problems.push_back(fmt::format("{} does not say 'not done yet' but: {}\n{}", test.name, run.why, run.output));
    }
  }
  return problems;
}

Problems verify_recorded(const Lab& lab) {
  const std::string remedy = fmt::format("Write it anew with: ./course record {}", lab.name);
  if (!std::filesystem::exists(expected_file(lab))) {
    return {fmt::format("labs/{}/expected.safetensors is missing. {}", lab.name, remedy)};
  }
  Problems problems = differences(safetensors::load(expected_file(lab)), observe_on_public_seed(lab).to_document());
  if (!problems.empty()) {
    problems.push_back(fmt::format("labs/{}/expected.safetensors is not up to date. {}", lab.name, remedy));
  }
  return problems;
}

Problems verify_mistakes(const Lab& lab) {
  Problems problems;
  const auto tests = list_tests(lab.program("solution", "tests"));
  const std::vector<wire::Mistake> mistakes = load_mistakes(lab);
  for (const wire::Mistake& mistake : mistakes) {
    const auto test = std::ranges::find(tests, mistake.test, &TestInfo::name);
    if (test == tests.end()) {
      problems.push_back(fmt::format("{}: there is no test '{}'", mistake.id, mistake.test));
      continue;
    }
    const HomeRun run = run_at_home(lab, "mistake." + mistake.id, *test);
    if (run.status != Status::failed) {
      problems.push_back(fmt::format("{}: not caught in '{}'\n{}", mistake.id, mistake.test, run.output));
    } else if (run.output.find(mistake.title) == std::string::npos) {
      problems.push_back(fmt::format("{}: caught in '{}' but not named\n{}", mistake.id, mistake.test, run.output));
    }
  }
  const wire::Expected expected = wire::Expected::from_document(safetensors::load(expected_file(lab)));
  fmt::print("{}", kill_matrix(tests, expected));
  for (const std::string& test : tests_without_mistake(tests, expected)) {
    problems.push_back(
        fmt::format("no known mistake fails '{}': what does it protect against? Add a .patch to solutions/{}/mistakes",
                    test, lab.name));
  }
  for (std::uint64_t i = 0; i < seeds_to_try; ++i) {
    const Problems more = mistakes_not_caught(lab, mistakes, std::random_device{}());
    problems.insert(problems.end(), more.begin(), more.end());
  }
  return problems;
}

Problems verify_judge(const Lab& lab) {
  std::random_device device;
  const Judge judge(lab, device(), Isolation::sandbox);

  // The solution loses nothing; the starter loses all, since it is not done
  std::vector<std::pair<Submission, std::function<Problems(const Result&)>>> tries;
  tries.emplace_back(submission_from(lab.solution(), lab, "solution"),
                     [](const Result& result) { return unexpected_points(result, {}); });
  tries.emplace_back(submission_from(lab.starter(), lab, "starter"), unfinished_tests);

  const Submission forgetful = without_semicolon(lab);
  tries.emplace_back(forgetful, [&](const Result& result) { return unclear_compiler_output(lab, forgetful, result); });

  // Each mistake loses the tests that its observations fail, among them the one meant to catch it, and is named there
  for (const auto& [id, mistake] : judge.expected().mistakes()) {
    tries.emplace_back(submission_from(lab.program("mistake." + id, "source"), lab, id),
                       [&judge, &named_mistake = mistake](const Result& result) {
                         return problems_of_mistake(judge.expected(), named_mistake, result);
                       });
  }

  std::vector<Problems> problems(tries.size());
  for_each_parallel(tries.size(), [&](std::size_t i) { problems[i] = tries[i].second(judge.grade(tries[i].first)); });
  Problems all = forgeable_tests(lab);
  for (const Problems& some : problems) {
    all.insert(all.end(), some.begin(), some.end());
  }
  fmt::print("graded {} submissions of {} with seed {}\n", tries.size(), lab.name, judge.seed());
  return all;
}

Problems verify_parity(const Lab& lab) {
  const nn::ScratchFolder folder;
  for (const std::uint64_t seed : {1ULL, 2ULL, 3ULL}) {
    const auto file = folder.path() / "transcript.safetensors";
    safetensors::save(file, transcript(lab, seed, run_reference(lab.program("solution", "tests"), seed)));
    Command command;
    command.arguments = {"/usr/bin/python3", (lab.solution() / "parity.py").string(), file.string()};
    command.wall_limit = test_limit * 5;
    const Outcome outcome = run(command);
    if (outcome.exit_status == skipped_status) {
      return {"skipped: " + outcome.output};
    }
    if (!outcome.succeeded()) {
      return {fmt::format("seed {}: {}", seed, outcome.output)};
    }
    fmt::print("seed {}: {}", seed, outcome.output);
  }
  return {};
}

}  // namespace grader
