#include "verify/forgery.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <random>
#include <set>

#include "judge/reference.hpp"

namespace grader {

namespace {

constexpr std::size_t seeds_to_compare = 50;

/// The observations of a test for all seeds.
struct Observations {
  std::map<std::string, std::set<std::vector<std::byte>>> values;  // by the observation's name
  std::size_t uniform_seeds = 0;  // seeds for which all numbers of each observation are equal
};

/// Whether all numbers of the value are equal. False for a single real number, which is not easy to guess.
bool is_uniform(const wire::Array& array) {
  const std::size_t size = safetensors::size_of(array.dtype);
  const bool single_real = array.data.size() == size && array.dtype == safetensors::DType::f64;
  return !single_real && (array.data.empty() || std::equal(array.data.begin() + static_cast<std::ptrdiff_t>(size),
                                                           array.data.end(), array.data.begin()));
}

void add(Observations& observations, const std::vector<wire::Record>& records) {
  bool uniform = true;
  for (const wire::Record& record : records) {
    if (record.kind == wire::Record::Kind::observe) {
      observations.values[record.name].insert(wire::serialize({record.kind, record.name, record.value, {}}));
      uniform = uniform && is_uniform(record.value);
    }
  }
  observations.uniform_seeds += uniform ? 1 : 0;
}

}  // namespace

Problems forgeable_tests(const Lab& lab) {
  std::map<std::string, Observations> tests;
  for (std::size_t i = 0; i < seeds_to_compare; ++i) {
    const auto reference = run_reference(lab, "solution", std::random_device{}());
    for (const auto& [test, records] : wire::by_test(reference)) {
      add(tests[test], records);
    }
  }

  // Values that depend on the givens differ between seeds; but small numbers such as sizes may repeat sometimes
  Problems problems;
  for (const auto& [test, observations] : tests) {
    const bool depends = std::ranges::any_of(
        observations.values, [](const auto& observation) { return observation.second.size() > seeds_to_compare / 2; });
    if (!depends) {
      problems.push_back(fmt::format(
          "'{}' can be passed without computing anything: let it observe a number that depends on the givens", test));
    } else if (observations.uniform_seeds > 0) {
      problems.push_back(
          fmt::format("'{}' can be passed with one constant number, for {} of {} seeds: let it observe values that "
                      "cannot all be equal",
                      test, observations.uniform_seeds, seeds_to_compare));
    }
  }
  return problems;
}

}  // namespace grader
