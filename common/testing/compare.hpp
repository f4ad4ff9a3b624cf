#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "testing/record.hpp"

namespace wire {

/// The verdict on one observed value, with the details for a message.
struct Comparison {
  bool passed = false;
  Matcher::Kind kind = Matcher::Kind::close;
  std::vector<std::size_t> got_shape;
  std::vector<std::size_t> expected_shape;
  std::size_t differing = 0;             // how many numbers fail
  std::vector<std::size_t> worst_index;  // of the number with the largest error; empty if the shapes or types differ
  double got = 0;                        // the number at worst_index; for accuracy, the fraction of correct labels
  double expected = 0;                   // the reference's number there; for accuracy, the fraction that is needed
  double low = 0;                        // between: the bounds
  double high = 0;
  double error = 0;         // close: the largest difference, relative to the largest expected number
  bool not_finite = false;  // a number is NaN or infinite where the expected one is not
  bool all_zero = false;    // every number is 0, and not every expected one
  bool texts = false;       // both are texts
  std::string got_text;
  std::string expected_text;
};

/// Judges `got` by the matcher. A tensor of another shape or type fails; NaN equals nothing; ids and texts must be
/// equal.
Comparison compare(const Array& got, const Array& expected, const Matcher& matcher);

/// The verdict in words. Expected numbers are included only if `reveal` is true. They may be shown at home, where the
/// seed is public, but never for a secret seed. The expected shape may always be shown. Example: "2 of 6 numbers
/// differ; worst at (1, 2): got 0.31, expected 0.29 (shape (2, 3))".
std::string describe(const Comparison& comparison, bool reveal);

}  // namespace wire
