#include "verify/verify_alternatives.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <random>
#include <set>

#include "judge/reference.hpp"
#include "verify/in_process.hpp"

namespace grader {

namespace {

constexpr std::size_t seeds_of_alternatives = 20;

/// How close correct code came to losing a point: its largest error, in units of the tolerance of the observation.
struct Noise {
  double largest = 0;
  std::string where = "nothing";
};

Problems unfair_tests(const std::string& name, const std::vector<TestInfo>& tests, const wire::Expected& expected,
                      const std::map<std::string, std::vector<wire::Record>>& records, std::uint64_t seed,
                      Noise& noise) {
  Problems problems;
  for (const TestInfo& test : tests) {
    const TestResult result = judge_records(expected, test, records.at(test.name));
    if (result.points != test.points) {
      problems.push_back(fmt::format("{}, seed {}: '{}' is {}: {}", name, seed, test.name, name_of(result.status),
                                     fmt::join(result.messages, "; ")));
    }
    const double error = error_in_tolerances(expected, test.name, records.at(test.name));
    if (error > noise.largest) {
      noise.largest = error;
      noise.where = fmt::format("{} in '{}'", name, test.name);
    }
  }
  return problems;
}

/// Adds the real-valued inputs of these records; reports those that another seed has already drawn.
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
            "/alternatives needs at least two folders, each with a different correct implementation"};
  }

  Problems problems;
  const std::vector<TestInfo> tests = list_tests(lab.program("solution", "tests"));
  for (const std::string& variant : variants) {
    append(problems, failures_at_home(lab, variant, tests));
  }

  Noise noise;
  std::set<std::vector<std::byte>> inputs;
  std::random_device device;
  for (std::size_t i = 0; i < seeds_of_alternatives; ++i) {
    const std::uint64_t seed = device();
    const std::vector<wire::Record> reference = run_reference(lab, "solution", seed);
    wire::Expected expected;
    expected.add_reference(reference);
    append(problems, repeated_inputs(reference, seed, inputs));
    for (const std::string& variant : variants) {
      const auto records = wire::by_test(run_reference(lab, variant, seed));
      append(problems, unfair_tests(variant, tests, expected, records, seed, noise));
    }
  }
  fmt::print("{} alternatives, {} seeds: the largest error of correct code is {:.2g} tolerances ({})\n",
             variants.size(), seeds_of_alternatives, noise.largest, noise.where);
  return problems;
}

}  // namespace grader
