#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <random>
#include <set>

#include "home/home_run.hpp"
#include "judge/judge.hpp"
#include "judge/judge_answer.hpp"
#include "judge/mistakes.hpp"
#include "verify/verify.hpp"

namespace grader {

namespace {

constexpr std::size_t seeds_of_alternatives = 20;
constexpr std::size_t seeds_for_mistakes = 5;  // every mistake runs, which takes a while

/// How near the tolerances came to be wrong: the largest error of right code and the smallest of wrong code, both in
/// units of the tolerance of their observation.
struct Margins {
  double noise = 0;
  std::string noisiest = "nothing";
  double mistake = std::numeric_limits<double>::infinity();
  std::string nearest = "nothing";
};

/// The records that a program sends to the judge: no inputs, no matchers.
std::vector<wire::Record> answer_of(const std::vector<wire::Record>& records) {
  std::vector<wire::Record> answer;
  for (const wire::Record& record : records) {
    if (record.kind != wire::Record::Kind::given && record.kind != wire::Record::Kind::hidden) {
      answer.push_back({record.kind, record.name, record.value, {}});
    }
  }
  return answer;
}

TestResult judged(const wire::Expected& expected, const TestInfo& test, const std::vector<wire::Record>& records) {
  Outcome outcome;
  outcome.exit_status = 0;
  for (const wire::Record& record : answer_of(records)) {
    const std::vector<std::byte> bytes = wire::serialize(record);
    outcome.answer.insert(outcome.answer.end(), bytes.begin(), bytes.end());
  }
  TestResult result;
  result.test = test;
  judge_answer(expected, outcome, result);
  return result;
}

/// The largest error of the records of a test, in units of the tolerance. Ids have none: they are equal or not.
double error_of(const wire::Expected& expected, const std::string& test, const std::vector<wire::Record>& records) {
  double largest = 0;
  for (const wire::Record& record : records) {
    const auto* right = expected.find(test, record.name);
    if (record.kind == wire::Record::Kind::observe && right != nullptr && right->matcher.tolerance > 0 &&
        right->matcher.kind == wire::Matcher::Kind::close && record.value.dtype == safetensors::DType::f64) {
      const wire::Comparison comparison = wire::compare(record.value, right->value, right->matcher);
      const bool beyond = comparison.got_shape != comparison.expected_shape || comparison.not_finite;
      const double error = beyond ? std::numeric_limits<double>::infinity() : comparison.error;
      largest = std::max(largest, error / right->matcher.tolerance);
    }
  }
  return largest;
}

Problems unfair_tests(const std::string& name, const std::vector<TestInfo>& tests, const wire::Expected& expected,
                      const std::map<std::string, std::vector<wire::Record>>& records, std::uint64_t seed,
                      Margins& margins) {
  Problems problems;
  for (const TestInfo& test : tests) {
    const TestResult result = judged(expected, test, records.at(test.name));
    if (result.points != test.points) {
      problems.push_back(fmt::format("{}, seed {}: '{}' is {}: {}", name, seed, test.name, name_of(result.status),
                                     fmt::join(result.messages, "; ")));
    }
    const double error = error_of(expected, test.name, records.at(test.name));
    if (error > margins.noise) {
      margins.noise = error;
      margins.noisiest = fmt::format("{} in '{}'", name, test.name);
    }
  }
  return problems;
}

/// The tests that right code does not pass at home, where CHECKs count too.
Problems failures_at_home(const Lab& lab, const std::string& variant, const std::vector<TestInfo>& tests) {
  Problems problems;
  for (const TestInfo& test : tests) {
    const HomeRun run = run_test(lab.program(variant, "tests"), test, std::chrono::seconds(60));
    if (run.status != Status::passed) {
      problems.push_back(fmt::format("{} at home: '{}'\n{}{}", variant, test.name, run.why, run.output));
    }
  }
  return problems;
}

/// With how many seeds a mistake fails a test, by "MISTAKE fails 'TEST'".
using Failures = std::map<std::string, std::size_t>;

/// Runs every mistake: which tests it fails, and how near it comes to the tolerance of its own test.
void try_mistakes(const Lab& lab, const std::vector<TestInfo>& tests, const wire::Expected& expected,
                  std::uint64_t seed, Failures& failures, Margins& margins) {
  for (const wire::Mistake& mistake : load_mistakes(lab)) {
    const auto records = wire::by_test(run_mistake(lab, mistake, seed));
    const double error = error_of(expected, mistake.test, records.at(mistake.test));
    if (error > 0 && error < margins.mistake) {
      margins.mistake = error;
      margins.nearest = fmt::format("{} in '{}'", mistake.id, mistake.test);
    }
    for (const TestInfo& test : tests) {
      if (judged(expected, test, records.at(test.name)).points != test.points) {
        ++failures[fmt::format("{} fails '{}'", mistake.id, test.name)];
      }
    }
  }
}

/// Points that hang on the seed are luck: says where.
void print_unstable(const Failures& failures) {
  for (const auto& [what, seeds] : failures) {
    if (seeds < seeds_for_mistakes) {
      fmt::print("Not with every seed: {}, with {} of {}\n", what, seeds, seeds_for_mistakes);
    }
  }
}

/// Adds the real-valued inputs of these records; says which were there already, of another seed.
Problems repeated_inputs(const std::vector<wire::Record>& records, std::uint64_t seed,
                         std::set<std::vector<std::byte>>& inputs) {
  Problems problems;
  std::set<std::vector<std::byte>> own;
  for (const wire::Record& record : records) {
    const bool drawn = record.kind == wire::Record::Kind::given && record.value.dtype == safetensors::DType::f64;
    if (drawn && !record.value.data.empty() && inputs.contains(record.value.data)) {
      problems.push_back(fmt::format("seed {} draws an input '{}' that another seed drew", seed, record.name));
    }
    if (drawn) {
      own.insert(record.value.data);
    }
  }
  inputs.merge(own);
  return problems;
}

std::vector<std::string> alternatives_of(const Lab& lab) {
  std::vector<std::string> variants;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(lab.solution() / "alternatives", missing)) {
    variants.push_back("alternative." + entry.path().filename().string());
  }
  std::ranges::sort(variants);
  return variants;
}

}  // namespace

Problems verify_alternatives(const Lab& lab) {
  const std::vector<std::string> variants = alternatives_of(lab);
  if (variants.size() < 2) {
    return {"solutions/" + lab.name +
            "/alternatives needs at least two folders, each with another right implementation"};
  }

  Problems problems;
  Margins margins;
  Failures failures;
  std::set<std::vector<std::byte>> inputs;
  const std::vector<TestInfo> tests = list_tests(lab.program("solution", "tests"));
  for (const std::string& variant : variants) {
    std::ranges::move(failures_at_home(lab, variant, tests), std::back_inserter(problems));
  }
  std::random_device device;
  for (std::size_t i = 0; i < seeds_of_alternatives; ++i) {
    const std::uint64_t seed = device();
    const std::vector<wire::Record> reference = run_reference(lab.program("solution", "tests"), seed);
    wire::Expected expected;
    expected.add_reference(reference);
    Problems found = repeated_inputs(reference, seed, inputs);
    for (const std::string& variant : variants) {
      const auto records = wire::by_test(run_reference(lab.program(variant, "tests"), seed));
      std::ranges::move(unfair_tests(variant, tests, expected, records, seed, margins), std::back_inserter(found));
    }
    if (i < seeds_for_mistakes) {
      try_mistakes(lab, tests, expected, seed, failures, margins);
    }
    problems.insert(problems.end(), found.begin(), found.end());
  }
  fmt::print(
      "{} alternatives, {} seeds. In units of the tolerance: right code errs by at most {:.2g} ({}), wrong code by at "
      "least {:.2g} ({})\n",
      variants.size(), seeds_of_alternatives, margins.noise, margins.noisiest, margins.mistake, margins.nearest);
  print_unstable(failures);
  return problems;
}

}  // namespace grader
