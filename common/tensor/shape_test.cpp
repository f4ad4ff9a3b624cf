#include "tensor/shape.hpp"

#include <doctest/doctest.h>
#include <vector>

namespace {

using nn::any;
using nn::zeros;
using Shape = std::vector<std::size_t>;

}  // namespace

TEST_CASE("shape_text writes a shape as Python does") {
  CHECK(nn::shape_text(Shape{}) == "()");
  CHECK(nn::shape_text(Shape{3}) == "(3,)");
  CHECK(nn::shape_text(Shape{5, 3}) == "(5, 3)");
  CHECK(nn::shape_text(Shape{2, any, 0}) == "(2, any, 0)");
}

TEST_CASE("check_shape accepts the expected shape and any size where any will do") {
  CHECK_NOTHROW(nn::check_shape("f", "x", zeros({5, 3}), {5, 3}));
  CHECK_NOTHROW(nn::check_shape("f", "x", zeros({5, 3}), {any, 3}));
  CHECK_NOTHROW(nn::check_shape("f", "x", zeros({0, 3}), {any, any}));
  CHECK_NOTHROW(nn::check_shape("f", "ids", nn::IdVector::from_shape({4}), {4}));
}

TEST_CASE("check_shape names the function and the tensor and both shapes") {
  CHECK_THROWS_WITH_AS(nn::check_shape("Linear::forward", "x", zeros({5, 3}), {any, 4}),
                       "Linear::forward: x has shape (5, 3), expected (any, 4)", nn::ShapeError);
  CHECK_THROWS_WITH_AS(nn::check_shape("f", "b", zeros({3}), {4}), "f: b has shape (3,), expected (4,)",
                       nn::ShapeError);
}

TEST_CASE("check_shape refuses another rank") {
  CHECK_THROWS_WITH_AS(nn::check_shape_of("f", "x", Shape{5}, {5, 1}), "f: x has shape (5,), expected (5, 1)",
                       nn::ShapeError);
  CHECK_THROWS_AS(nn::check_shape_of("f", "x", Shape{5, 1}, {5}), nn::ShapeError);
  CHECK_THROWS_AS(nn::check_shape_of("f", "x", Shape{}, {any}), nn::ShapeError);
}

TEST_CASE("check_ids names the function and the first id that is too large") {
  const nn::IdVector ids = {0, 9, 10, 11};
  CHECK_NOTHROW(nn::check_ids("f", ids, 12));
  CHECK_THROWS_WITH_AS(nn::check_ids("cross_entropy", ids, 10), "cross_entropy: id 10 at position 2 is not below 10",
                       nn::IdError);
  const nn::IdMatrix table = {{0, 1}, {2, 9}};
  CHECK_NOTHROW(nn::check_ids("f", table, 10));
  CHECK_THROWS_WITH_AS(nn::check_ids("Embedding", table, 9), "Embedding: id 9 at position 3 is not below 9",
                       nn::IdError);
}

TEST_CASE("zeros makes a tensor of the shape and rows are views of it") {
  nn::Matrix x = zeros({2, 3});
  nn::row(x, 1)[2] = 7;
  CHECK(x(1, 2) == 7);
  CHECK(xt::sum(x)() == 7);
  CHECK(nn::values(x).size() == 6);
  CHECK(zeros({0, 3}).size() == 0);
}
