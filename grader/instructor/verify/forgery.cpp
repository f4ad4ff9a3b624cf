#include "verify/forgery.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "judge/reference.hpp"

namespace grader {

namespace {

using wire::Array;
using wire::Record;

constexpr std::size_t seeds_to_compare = 50;

/// The records of a test, for one seed after the other.
using Runs = std::vector<std::vector<Record>>;

std::map<std::string, Runs> runs_by_test(const Lab& lab) {
  std::map<std::string, Runs> tests;
  for (std::size_t i = 0; i < seeds_to_compare; ++i) {
    for (auto& [test, records] : wire::by_test(run_reference(lab, "solution", std::random_device{}()))) {
      tests[test].push_back(std::move(records));
    }
  }
  return tests;
}

/// The observations that have few different values, whatever the seed: truth values, exceptions, sizes.
std::set<std::string> nearly_constant(const Runs& runs) {
  std::map<std::string, std::set<std::vector<std::byte>>> values;
  for (const std::vector<Record>& records : runs) {
    for (const Record& record : records) {
      if (record.kind == Record::Kind::observe) {
        values[record.name].insert(record.value.data);
      }
    }
  }
  std::set<std::string> names;
  for (const auto& [name, different] : values) {
    if (different.size() <= seeds_to_compare / 2) {
      names.insert(name);
    }
  }
  return names;
}

/// An array like `value`, of one number.
Array filled(const Array& value, double number) {
  if (value.dtype == safetensors::DType::u64) {
    return Array::of<std::uint64_t>(value.shape,
                                    std::vector<std::uint64_t>(value.size(), static_cast<std::uint64_t>(number)));
  }
  return Array::of<double>(value.shape, std::vector<double>(value.size(), number));
}

/// Whether code that computes nothing may send what passes for this observation: zeros, ones, the mean of all numbers
/// in every place (where there are several), or an input as it came.
bool is_guessed(const Record& observation, const std::vector<Record>& records) {
  const Array& expected = observation.value;
  if (expected.dtype == safetensors::DType::u8) {
    return false;
  }
  const auto passes = [&](const Array& guess) { return wire::compare(guess, expected, observation.matcher).passed; };
  const std::vector<double> numbers = expected.as_doubles();
  const double mean = std::accumulate(numbers.begin(), numbers.end(), 0.0) /
                      static_cast<double>(std::max<std::size_t>(numbers.size(), 1));
  const bool several = numbers.size() != 1 && std::isfinite(mean);
  return passes(filled(expected, 0)) || passes(filled(expected, 1)) || (several && passes(filled(expected, mean))) ||
         std::ranges::any_of(
             records, [&](const Record& record) { return record.kind == Record::Kind::given && passes(record.value); });
}

}  // namespace

Problems forgeable_tests(const Lab& lab) {
  Problems problems;
  for (const auto& [test, runs] : runs_by_test(lab)) {
    const std::set<std::string> constant = nearly_constant(runs);
    const auto forged = std::ranges::count_if(runs, [&](const std::vector<Record>& records) {
      return std::ranges::all_of(records, [&](const Record& record) {
        return record.kind != Record::Kind::observe || constant.contains(record.name) || is_guessed(record, records);
      });
    });
    if (forged > 0) {
      problems.push_back(fmt::format(
          "'{}' can be passed by code that computes nothing, for {} of {} seeds: constants, or its inputs, "
          "pass for every observation. Let it observe numbers that depend on the givens and cannot be guessed",
          test, forged, runs.size()));
    }
  }
  return problems;
}

}  // namespace grader
