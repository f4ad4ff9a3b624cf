#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "tensor/real.hpp"

namespace nn {

/// Random numbers that are the same on every platform, unlike the distributions of <random>: the generator PCG32
/// (XSH RR 64/32; O'Neill 2014, section 6.3.1), and uniform, normal and integer draws that use only IEEE arithmetic.
/// Two streams of one seed are independent sequences.
class Random {
 public:
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0);

  /// The next 32 random bits.
  std::uint32_t bits();

  /// Uniform in [0, 1).
  Real uniform();

  /// Uniform in [low, high).
  Real uniform(Real low, Real high);

  /// Normal with the given mean and standard deviation (the polar method; Marsaglia and Bray 1964).
  Real normal(Real mean = 0, Real deviation = 1);

  /// Uniform among 0, 1, ..., count - 1. Throws std::invalid_argument if count is 0.
  std::size_t below(std::size_t count);

  /// Puts the items in a random order, every order equally likely (Fisher and Yates).
  template <class T>
  void shuffle(std::span<T> items) {
    for (std::size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[below(i)]);
    }
  }

  /// All that the next draws depend on, for checkpoints (train/checkpoint.hpp): a generator into which it is written
  /// continues the sequence of the one from which it was read.
  std::span<std::uint64_t> state() { return state_; }

 private:
  double uniform_double();

  std::array<std::uint64_t, 2> state_;  // of the linear congruential generator, and its increment
};

/// Fills x with draws in storage order, uniform in [low, high).
void fill_uniform(std::span<Real> x, Random& random, Real low, Real high);

/// Fills x with draws in storage order, normal with the given mean and standard deviation.
void fill_normal(std::span<Real> x, Random& random, Real mean, Real deviation);

}  // namespace nn
