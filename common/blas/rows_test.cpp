#include "blas/rows.hpp"

#include <doctest/doctest.h>

#include "blas/matmul.hpp"
#include "tensor/shape.hpp"

namespace nn {

TEST_CASE("fill_rows fills the rows of a block and nothing beside it") {
  Matrix x = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
  fill_rows(part(block(x), 1, 1, 2, 2), {10, 20});
  CHECK(x == Matrix({{1, 2, 3}, {4, 10, 20}, {7, 10, 20}}));
  CHECK_THROWS_AS(fill_rows(block(x), {1, 2}), ShapeError);
}

TEST_CASE("add_column_sums adds the rows of a block to what is there") {
  const Matrix x = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
  Vector sums = {100, 200};
  add_column_sums(part(block(x), 1, 1, 2, 2), sums);
  CHECK(sums == Vector({113, 215}));
  CHECK_THROWS_AS(add_column_sums(block(x), sums), ShapeError);
}

TEST_CASE("block of several steps is one matrix with the rows of all of them") {
  Tensor3 x = {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}, {{9, 10}, {11, 12}}};
  Vector sums = {0, 0};
  add_column_sums(block(std::as_const(x), 1, 2), sums);
  CHECK(sums == Vector({32, 36}));
  fill_rows(block(x, 0, 2), {0, 1});
  CHECK(x == Tensor3({{{0, 1}, {0, 1}}, {{0, 1}, {0, 1}}, {{9, 10}, {11, 12}}}));
}

}  // namespace nn
