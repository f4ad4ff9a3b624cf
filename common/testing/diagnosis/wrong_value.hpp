#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "testing/record.hpp"

/// What relates the wrong numbers of an observation to the correct ones. Every hypothesis is a function that says, in
/// words, what holds for all wrong numbers, or nothing. It reports what it has checked on each of them and no guess.
namespace wire::diagnosis {

using Shape = std::vector<std::size_t>;

/// An array as numbers, row-major.
struct Numbers {
  Shape shape;
  std::vector<double> x;
};
Numbers numbers_of(const Array& array);

/// Numbers that have a name: an input of the test, what is expected of another observation, or a sum or product of
/// these.
struct Known {
  std::string words;  // "'dy'", "the last row of 'dy'"
  Numbers numbers;
  bool are_ids = false;
};

/// A number that has a name: a scalar input of the test, or the size of an axis.
struct Scalar {
  std::string words;  // "'rows'", "the rows of 'x'"
  double value = 0;
};

/// One wrong observation, and everything that its numbers may be compared with. `got` and `expected` have one shape.
struct WrongValue {
  Numbers got;
  Numbers expected;
  bool are_ids = false;            // whole numbers that name or count: no factor makes sense
  double tolerance = 0;            // of a comparison, relative to the largest expected number
  double rounding = 0;             // the same as a difference
  std::vector<std::size_t> wrong;  // the positions of the numbers that differ, in order
  std::span<const Known> known;    // inputs and other observations
  std::span<const Known> derived;  // sums, slices and products of these, where they fit the shape
  std::vector<Scalar> scalars;
  bool may_fit = true;  // a constant that has no name

  bool is_all_wrong() const { return wrong.size() == got.x.size(); }
};

/// What a hypothesis returns: words that continue "every number ...", or nothing.
using Words = std::optional<std::string>;

/// Whether x is a number that often occurs by itself: zero, a small whole number, a half or a quarter.
bool is_plain(double x);

/// Whether a number that was received is the predicted one, up to rounding.
bool is_near(const WrongValue& value, double got, double predicted);

/// How much the number at a position says, in bits, if it is as predicted: little if many numbers are equal to it, or
/// if it is nearly the expected one.
double bits(const WrongValue& value, std::size_t position);

/// How many bits a hypothesis needs that was chosen from a few thousand, and for every constant that it fits.
inline constexpr double enough = 24;
inline constexpr double for_a_constant = 28;

/// How many numbers a hypothesis must explain that fits a constant.
inline constexpr std::size_t min_numbers = 3;

/// Whether predict(position) gives every wrong number, and these say enough for a hypothesis that fits `constants`.
template <class Predict>
bool explains(const WrongValue& value, const Predict& predict, int constants = 0) {
  if (constants > 0 && (!value.may_fit || value.wrong.size() < min_numbers)) {
    return false;
  }
  double evidence = -constants * for_a_constant;
  for (const std::size_t i : value.wrong) {
    if (!is_near(value, value.got.x[i], predict(i))) {
      return false;
    }
    evidence += bits(value, i);
  }
  return evidence >= enough;
}

/// How the numbers of a smaller array spread over a larger one: number i of the larger one meets number
/// (i / inner) % count of the smaller one.
struct Spread {
  std::size_t inner = 1;
  std::size_t count = 1;
  std::size_t operator()(std::size_t i) const { return i / inner % count; }
};

/// All ways to lay `small` along neighbouring axes of `large`; none if no axes have its sizes.
std::vector<Spread> spreads(const Shape& small, const Shape& large);

std::size_t product_of(const Shape& shape);

}  // namespace wire::diagnosis
