#include "verify/verify_recorded.hpp"

#include <fmt/format.h>

#include "judge/mistakes.hpp"
#include "safetensors/safetensors.hpp"

namespace grader {

namespace {

/// The differences between two recorded documents: keys, texts, or numbers beyond rounding.
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
      problems.push_back(key +
                         " has a different value now: " + wire::describe(wire::compare(value, *before, {}), true));
    }
  }
  for (const auto& [key, value] : recorded.tensors) {
    if (today.find(key) == nullptr) {
      problems.push_back(key + " is recorded, but no longer observed");
    }
  }
  return problems;
}

}  // namespace

Problems verify_recorded(const Lab& lab) {
  const std::string remedy = fmt::format("Regenerate it with: ./course record {}", lab.name);
  if (!std::filesystem::exists(lab.expected_file())) {
    return {fmt::format("labs/{}/expected.safetensors is missing. {}", lab.name, remedy)};
  }
  const wire::Expected today = observe_with_mistakes(lab, wire::public_seed).expected;
  Problems problems = differences(safetensors::load(lab.expected_file()), today.to_document());
  if (!problems.empty()) {
    problems.push_back(fmt::format("labs/{}/expected.safetensors is not up to date. {}", lab.name, remedy));
  }
  return problems;
}

}  // namespace grader
