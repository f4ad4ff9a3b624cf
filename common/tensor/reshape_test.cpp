#include "tensor/reshape.hpp"

#include <doctest/doctest.h>
#include <numeric>
#include <utility>

#include "tensor/shape.hpp"

namespace {

using nn::IdMatrix;
using nn::IdVector;
using nn::Matrix;
using nn::Real;
using nn::Tensor3;
using nn::Tensor4;

/// 0, 1, 2, ... in storage order.
template <std::size_t N>
nn::Tensor<N> counted(const std::size_t (&shape)[N]) {
  nn::Tensor<N> x = nn::zeros(shape);
  std::iota(x.begin(), x.end(), Real{0});
  return x;
}

}  // namespace

TEST_CASE("merge_leading and split_leading keep every number and move the storage") {
  Tensor3 x = counted({2, 3, 4});
  const Real* data = x.data();
  Matrix merged = nn::merge_leading(std::move(x));
  CHECK(merged == counted({6, 4}));
  CHECK(merged.data() == data);
  const Tensor3 split = nn::split_leading(std::move(merged), 2, 3);
  CHECK(split == counted({2, 3, 4}));
  CHECK(split.data() == data);
}

TEST_CASE("merge_leading and split_leading of ids do the same") {
  IdMatrix ids = {{0, 1, 2}, {3, 4, 5}};
  const nn::Id* data = ids.data();
  IdVector merged = nn::merge_leading(std::move(ids));
  CHECK(merged == IdVector{0, 1, 2, 3, 4, 5});
  CHECK(merged.data() == data);
  const IdMatrix split = nn::split_leading(std::move(merged), 2, 3);
  CHECK(split == IdMatrix{{0, 1, 2}, {3, 4, 5}});
  CHECK(split.data() == data);
}

TEST_CASE("flatten and unflatten keep every number and move the storage") {
  Tensor4 x = counted({2, 3, 4, 5});
  const Real* data = x.data();
  Matrix flat = nn::flatten(std::move(x));
  CHECK(flat == counted({2, 60}));
  CHECK(flat.data() == data);
  const Tensor4 back = nn::unflatten(std::move(flat), 3, 4, 5);
  CHECK(back == counted({2, 3, 4, 5}));
  CHECK(back.data() == data);
  CHECK(back(1, 2, 3, 4) == 119);
}

TEST_CASE("channel is a channel of an image, row after row, and writes to it") {
  Tensor4 x = counted({2, 3, 4, 5});
  const std::span<Real> pixels = nn::channel(x, 1, 2);
  CHECK(pixels.size() == 20);
  CHECK(pixels.front() == x(1, 2, 0, 0));
  CHECK(pixels.back() == x(1, 2, 3, 4));
  pixels[6] = -1;
  CHECK(x(1, 2, 1, 1) == -1);
  CHECK(nn::channel(std::as_const(x), 1, 2).data() == pixels.data());
}

TEST_CASE("A tensor that is not moved from stays as it is") {
  const Tensor3 x = counted({2, 3, 4});
  CHECK(nn::merge_leading(x) == counted({6, 4}));
  CHECK(x == counted({2, 3, 4}));
}

TEST_CASE("Sizes of 1 and 0 have shapes like all others") {
  CHECK(nn::merge_leading(counted({1, 1, 3})) == counted({1, 3}));
  CHECK(nn::split_leading(counted({3, 1}), 1, 3)(0, 2, 0) == 2);
  CHECK(nn::merge_leading(nn::zeros({0, 3, 4})).shape() == std::array<std::size_t, 2>{0, 4});
  CHECK(nn::flatten(nn::zeros({0, 1, 2, 3})).shape() == std::array<std::size_t, 2>{0, 6});
}

TEST_CASE("What does not fit is refused") {
  CHECK_THROWS_WITH_AS(nn::split_leading(counted({6, 4}), 2, 2), "split_leading: x has shape (6, 4), expected (4, any)",
                       nn::ShapeError);
  CHECK_THROWS_AS(nn::split_leading(IdVector{1, 2, 3}, 2, 2), nn::ShapeError);
  CHECK_THROWS_AS(nn::unflatten(counted({2, 60}), 3, 4, 4), nn::ShapeError);
}

TEST_CASE("swap_leading exchanges the first two indexes, twice is back again") {
  const Tensor3 x = counted({2, 3, 4});
  const Tensor3 swapped = nn::swap_leading(x);
  CHECK(swapped.shape() == std::array<std::size_t, 3>{3, 2, 4});
  CHECK(swapped(2, 1, 3) == x(1, 2, 3));
  CHECK(nn::swap_leading(swapped) == x);
  CHECK(nn::swap_leading(IdMatrix{{0, 1, 2}, {3, 4, 5}}) == IdMatrix{{0, 3}, {1, 4}, {2, 5}});
}

TEST_CASE("time_step and row of a Tensor3 are windows on its numbers") {
  Tensor3 x = counted({2, 3, 4});
  CHECK(nn::time_step(x, 1).size() == 12);
  CHECK(nn::time_step(x, 1)[0] == 12);
  nn::row(x, 1, 2)[3] = -1;
  CHECK(x(1, 2, 3) == -1);
  CHECK(nn::row(std::as_const(x), 0, 1)[0] == 4);
}
