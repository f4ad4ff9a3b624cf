#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "testing/compare.hpp"
#include "testing/record.hpp"

namespace wire {

/// The public seed: at home, tests draw from it, and expected.safetensors is recorded with it.
inline constexpr std::uint64_t public_seed = 1;

/// A mistake that students really make, in one sentence, with a hint towards the solution.
struct Mistake {
  std::string id;     // "bias_gradient_forgotten", the name of its patch
  std::string title;  // "The gradient of the bias is never computed."
  std::string hint;   // "y = x W + b: how does the loss change if b grows a little?"
  std::string test;   // the graded test that is meant to catch it

  bool operator==(const Mistake&) const = default;
};

/// The observations of the reference and of each mistake in every test of a lab, for one seed. At home they are read
/// from expected.safetensors (public seed); the judge computes them for a secret seed.
class Expected {
 public:
  using ValueByName = std::map<std::string, Array>;  // by observation

  /// One observation of the reference.
  struct Observation {
    std::string name;
    Array value;
    Matcher matcher;
  };

  /// Adds the records of a whole run of the reference, test after test. Throws std::runtime_error if
  /// two tests, or two inputs or observations of a test, have the same name.
  void add_reference(const std::vector<Record>& records);

  /// Adds a mistake with those of its records that differ from the reference. Throws std::runtime_error if the mistake
  /// does not make the same observations as the reference, for example if it ends a test early: such a mistake could
  /// not be named.
  void add_mistake(const Mistake& mistake, const std::vector<Record>& records);

  /// The observations of a test, in order; empty for an unknown test.
  const std::vector<Observation>& observations(const std::string& test) const;

  /// The reference's value, or nullptr.
  const Observation* find(const std::string& test, const std::string& observation) const;

  /// The mistakes that explain the wrong values of a test. A mistake explains them if all values that it changes have
  /// been observed with exactly its numbers. Several mistakes may each explain a part.
  std::vector<Mistake> name_mistakes(const std::string& test, ValueByName wrong) const;

  /// The observations of a mistake in a test that differ from the reference; none if it passes.
  ValueByName wrong_values(const std::string& test, const std::string& mistake_id) const;

  /// The tests in which the mistake's observations differ from the reference.
  std::vector<std::string> tests_failed_by(const std::string& mistake_id) const;

  const std::map<std::string, Mistake>& mistakes() const { return mistakes_; }

  /// Converts to a document for expected.safetensors, and back. from_document throws safetensors::FormatError if the
  /// document is malformed.
  safetensors::Document to_document() const;
  static Expected from_document(const safetensors::Document& document);

 private:
  /// The mistake that explains the wrong values of a test best, or nullptr.
  const Mistake* best_explanation(const std::string& test, const ValueByName& wrong) const;

  std::vector<std::string> tests_;                                   // in order
  std::map<std::string, std::vector<Observation>> observations_;     // by test
  std::map<std::string, std::map<std::string, ValueByName>> wrong_;  // by test and mistake: what differs
  std::map<std::string, Mistake> mistakes_;                          // by id
};

/// Whether rounding alone can explain the difference of two values. Here NaN equals NaN, unlike in a comparison with
/// the reference: a mistake may produce NaN.
bool is_same(const Array& a, const Array& b);

/// The records of a run, split by test.
std::map<std::string, std::vector<Record>> by_test(const std::vector<Record>& records);

}  // namespace wire
