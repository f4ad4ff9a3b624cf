#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
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

  /// Adds what the reference recorded; records are those of a whole run, test after test. Throws std::runtime_error if
  /// two tests, or two inputs or observations of a test, have the same name, and for a name that cannot be: see
  /// problem_of_test_name; an input's or observation's holds no '/' and no '@', which part the names in
  /// expected.safetensors.
  void add_reference(const std::vector<Record>& records);

  /// Adds a mistake: of its records, what differs from the reference, and the exception that ends a test, if one does.
  /// Throws std::runtime_error if the mistake observes other things than the reference up to there: it could not be
  /// named.
  void add_mistake(const Mistake& mistake, const std::vector<Record>& records);

  /// The observations of a test, in order; empty for an unknown test.
  const std::vector<Observation>& observations(const std::string& test) const;

  /// The reference's value, or nullptr.
  const Observation* find(const std::string& test, const std::string& observation) const;

  /// The mistakes that together explain all wrong values of a test; empty if something is left unexplained. All that
  /// such a mistake changes has come just so. An exception that ended the test counts as a value: exception_value.
  std::vector<Mistake> name_mistakes(const std::string& test, ValueByName wrong) const;

  /// What a mistake observes in a test where that differs from the reference, its exception too; nothing if it passes.
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

/// The exception that ended a test as one more value of the test, to put beside those observed. `why` is what the error
/// record says: "labs/02_mlp/mlp.cpp:152, in Linear::backward: index 4 is out of bounds"; the line does not count.
std::pair<const std::string, Array> exception_value(std::string why);

/// What is wrong with the name of a test, or "": doctest takes '*' and '?' for any letters, a comma for the end of the
/// name and a backslash for a mark, so that a test with one of these could not be run alone.
std::string problem_of_test_name(const std::string& test);

/// Whether rounding alone can explain the difference of two values. Unlike in a comparison with the reference, NaN
/// equals NaN: it may be just what a mistake leads to.
bool is_same(const Array& a, const Array& b);

/// The records of a run, split by test.
std::map<std::string, std::vector<Record>> by_test(const std::vector<Record>& records);

}  // namespace wire
