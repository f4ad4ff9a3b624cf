#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <random>
#include <set>

#include "judge/mistakes.hpp"
#include "verify/verify.hpp"

namespace grader {

namespace {

constexpr std::size_t seeds_to_compare = 4;

}  // namespace

Problems forgeable_tests(const Lab& lab) {
  // Collect what each observation is, seed after seed
  std::map<std::string, std::map<std::string, std::set<std::vector<std::byte>>>> values;
  for (std::size_t i = 0; i < seeds_to_compare; ++i) {
    const auto reference = run_reference(lab.program("check", "solution", "tests"), std::random_device{}());
    for (const auto& [test, records] : wire::by_test(reference)) {
      for (const wire::Record& record : records) {
        if (record.kind == wire::Record::Kind::observe) {
          values[test][record.name].insert(wire::serialize({record.kind, record.name, record.value, {}}));
        }
      }
    }
  }

  // One that differs every time is enough: it cannot be sent without being computed
  Problems problems;
  for (const auto& [test, observations] : values) {
    const bool safe = std::ranges::any_of(
        observations, [](const auto& observation) { return observation.second.size() == seeds_to_compare; });
    if (!safe) {
      problems.push_back(fmt::format(
          "'{}' can be passed without computing: let it observe a number that depends on the givens", test));
    }
  }
  return problems;
}

}  // namespace grader
