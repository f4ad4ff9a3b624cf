#include "train/accuracy.hpp"

#include <doctest/doctest.h>

#include "tensor/shape.hpp"

TEST_CASE("accuracy is the fraction of correct predictions") {
  CHECK(nn::accuracy({1, 2, 3, 4}, {1, 2, 3, 0}) == 0.75);
  CHECK(nn::accuracy({5}, {5}) == 1);
  CHECK(nn::accuracy({5}, {4}) == 0);
}

TEST_CASE("accuracy refuses other numbers of labels, and none") {
  CHECK_THROWS_AS(nn::accuracy({1, 2}, {1}), nn::ShapeError);
  CHECK_THROWS_AS(nn::accuracy(nn::IdVector::from_shape({0}), nn::IdVector::from_shape({0})), nn::ShapeError);
}
