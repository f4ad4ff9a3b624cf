#include "verify/verify_mistakes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <random>

#include "home/home_run.hpp"
#include "judge/mistakes.hpp"
#include "safetensors/safetensors.hpp"
#include "system/parallel.hpp"
#include "verify/in_process.hpp"
#include "verify/kill_matrix.hpp"

namespace grader {

namespace {

constexpr std::size_t fresh_seeds = 4;

/// The findings for fresh seeds.
struct Findings {
  Problems problems;
  std::map<std::string, std::size_t> failures;                     // by "MISTAKE fails 'TEST'": for how many seeds
  double nearest_error = std::numeric_limits<double>::infinity();  // in units of the tolerance
  std::string nearest = "nothing";
};

/// The problems at home: the mistake is not caught by its test, or is not named.
Problems problems_at_home(const Lab& lab, const std::vector<TestInfo>& tests, const wire::Mistake& mistake) {
  const auto test = std::ranges::find(tests, mistake.test, &TestInfo::name);
  if (test == tests.end()) {
    return {fmt::format("{}: there is no test '{}'", mistake.id, mistake.test)};
  }
  const HomeRun run = run_test(lab.program("mistake." + mistake.id, "tests"), *test, lab.test_limits.wall);
  if (run.status != Status::failed) {
    return {fmt::format("{}: not caught in '{}'\n{}", mistake.id, mistake.test, run.output)};
  }
  if (run.output.find(mistake.title) == std::string::npos) {
    return {fmt::format("{}: caught in '{}' but not named\n{}", mistake.id, mistake.test, run.output)};
  }
  return {};
}

/// Checks a mistake's observations for a fresh seed: it must lose the points of its test, and its values there must be
/// unique to it.
void look_at_mistake(const wire::Expected& expected, const std::vector<TestInfo>& tests, const wire::Mistake& mistake,
                     const std::map<std::string, std::vector<wire::Record>>& records, std::uint64_t seed,
                     Findings& findings) {
  for (const TestInfo& test : tests) {
    const bool failed = judge_records(expected, test, records.at(test.name)).points != test.points;
    findings.failures[fmt::format("{} fails '{}'", mistake.id, test.name)] += failed ? 1 : 0;
    if (!failed && test.name == mistake.test) {
      findings.problems.push_back(fmt::format("{}: not caught in '{}' with seed {}", mistake.id, mistake.test, seed));
    }
  }
  const auto named = expected.name_mistakes(mistake.test, expected.wrong_values(mistake.test, mistake.id));
  if (std::ranges::find(named, mistake.id, &wire::Mistake::id) == named.end()) {
    findings.problems.push_back(
        fmt::format("{}: with seed {} it is not named in '{}'{}", mistake.id, seed, mistake.test,
                    named.empty() ? "" : ", but " + named.front().id + ": do both produce the same values there?"));
  }
  const double error = error_in_tolerances(expected, mistake.test, records.at(mistake.test));
  if (error > 0 && error < findings.nearest_error) {
    findings.nearest_error = error;
    findings.nearest = fmt::format("{} in '{}'", mistake.id, mistake.test);
  }
}

/// Points that depend on the seed are luck: prints where that happens.
void print_findings(const Findings& findings) {
  for (const auto& [what, seeds] : findings.failures) {
    if (seeds > 0 && seeds < fresh_seeds) {
      fmt::print("Not for every seed: {}, for {} of {}\n", what, seeds, fresh_seeds);
    }
  }
  fmt::print("The mistake that is closest to being accepted has an error of {:.2g} tolerances: {}\n",
             findings.nearest_error, findings.nearest);
}

}  // namespace

Problems verify_mistakes(const Lab& lab) {
  const auto tests = list_tests(lab.program("solution", "tests"));
  const std::vector<wire::Mistake> mistakes = load_mistakes(lab);

  // At home, on the public seed
  std::vector<Problems> at_home(mistakes.size());
  for_each_parallel(mistakes.size(), [&](std::size_t i) { at_home[i] = problems_at_home(lab, tests, mistakes[i]); });
  Problems problems;
  for (const Problems& some : at_home) {
    append(problems, some);
  }
  const wire::Expected recorded = wire::Expected::from_document(safetensors::load(lab.expected_file()));
  fmt::print("{}", kill_matrix(tests, recorded));
  for (const std::string& test : tests_without_mistake(tests, recorded)) {
    problems.push_back(
        fmt::format("no known mistake fails '{}': what does it protect against? Add a .patch to solutions/{}/mistakes",
                    test, lab.name));
  }

  // In the judge, for fresh seeds
  Findings findings;
  std::random_device device;
  for (std::size_t i = 0; i < fresh_seeds; ++i) {
    const std::uint64_t seed = device();
    const LabObservations seen = observe_with_mistakes(lab, seed);
    for (std::size_t m = 0; m < seen.mistakes.size(); ++m) {
      look_at_mistake(seen.expected, tests, seen.mistakes[m], wire::by_test(seen.records[m]), seed, findings);
    }
  }
  print_findings(findings);
  append(problems, findings.problems);
  return problems;
}

}  // namespace grader
