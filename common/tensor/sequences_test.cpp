#include "tensor/sequences.hpp"

#include <doctest/doctest.h>
#include <limits>

#include "tensor/shape.hpp"

namespace nn {

namespace {

/// 0, 1, 2, ... in the shape (3, 2, 2).
Tensor3 counted() {
  Tensor3 x = zeros({3, 2, 2});
  for (std::size_t i = 0; i < x.size(); ++i) {
    values(x)[i] = static_cast<Real>(i);
  }
  return x;
}

}  // namespace

TEST_CASE("time_steps copies the steps that it is asked for") {
  CHECK(time_steps(counted(), 1, 2) == Tensor3({{{4, 5}, {6, 7}}, {{8, 9}, {10, 11}}}));
  CHECK(time_steps(IdMatrix({{1, 2}, {3, 4}, {5, 6}}), 0, 1) == IdMatrix({{1, 2}}));
  CHECK(time_steps(counted(), 3, 0).shape(0) == 0);
}

TEST_CASE("time_steps refuses steps that are not there") {
  CHECK_THROWS_WITH_AS(time_steps(counted(), 2, 2), "time_steps: x has 3 steps, not 2 from step 2 on", ShapeError);
  CHECK_THROWS_AS(time_steps(counted(), 4, 0), ShapeError);
  CHECK_THROWS_AS(time_steps(counted(), 1, std::numeric_limits<std::size_t>::max()), ShapeError);
}

TEST_CASE("join_features puts rows side by side, and features takes them apart") {
  const Tensor3 x = counted();
  const Tensor3 first = features(x, 0, 1);
  CHECK(first == Tensor3({{{0}, {2}}, {{4}, {6}}, {{8}, {10}}}));
  CHECK(join_features(x, first) ==
        Tensor3({{{0, 1, 0}, {2, 3, 2}}, {{4, 5, 4}, {6, 7, 6}}, {{8, 9, 8}, {10, 11, 10}}}));
  CHECK(features(join_features(first, x), 1, 2) == x);
  CHECK_THROWS_WITH_AS(features(x, 1, 2), "features: rows of x have 2 numbers, not 2 from number 1 on", ShapeError);
  CHECK_THROWS_AS(join_features(x, time_steps(x, 0, 2)), ShapeError);
}

TEST_CASE("clear_padding clears what is behind the end of each sequence, and nothing else") {
  Tensor3 x = counted();
  x(2, 0, 0) = std::numeric_limits<Real>::quiet_NaN();
  clear_padding(x, {1, 3});
  CHECK(x == Tensor3({{{0, 1}, {2, 3}}, {{0, 0}, {6, 7}}, {{0, 0}, {10, 11}}}));
}

TEST_CASE("rows_before_end names the rows that are not padding") {
  CHECK(rows_before_end({1, 3}, 3) == std::vector<std::size_t>{0, 1, 3, 5});
}

TEST_CASE("lengths must be between 1 and the number of steps, one for each sequence") {
  Tensor3 x = counted();
  CHECK_THROWS_WITH_AS(clear_padding(x, {1, 4}),
                       "clear_padding: the length of sequence 1 is 4, expected 1 to 3, the number of steps",
                       ShapeError);
  CHECK_THROWS_AS(clear_padding(x, {0, 3}), ShapeError);
  CHECK_THROWS_AS(clear_padding(x, {1, 2, 3}), ShapeError);
  CHECK_THROWS_AS(rows_before_end({2}, 1), ShapeError);
}

}  // namespace nn
