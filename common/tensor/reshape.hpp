#pragma once

// The same numbers in other shapes. Their order stays the same: functions that take a tensor by value move its storage,
// and copy nothing if the argument is a temporary or std::move(x). Only swap_leading reorders the numbers, and copies.

#include "tensor/tensor.hpp"

namespace nn {

/// x: (first, second, n) -> (first * second, n): for layers that process each row separately.
Matrix merge_leading(Tensor3 x);

/// ids: (first, second) -> (first * second): the targets of those rows.
IdVector merge_leading(IdMatrix ids);

/// The way back: x: (first * second, n) -> (first, second, n). Throws ShapeError if the number of rows is not
/// first * second.
Tensor3 split_leading(Matrix x, std::size_t first, std::size_t second);
IdMatrix split_leading(IdVector ids, std::size_t first, std::size_t second);

/// x: (batch, channels, height, width) -> (batch, channels * height * width): from convolutions to Linear.
Matrix flatten(Tensor4 x);

/// The way back: x: (batch, channels * height * width) -> (batch, channels, height, width). Throws ShapeError if x has
/// a different width.
Tensor4 unflatten(Matrix x, std::size_t channels, std::size_t height, std::size_t width);

/// x: (first, second, n) -> (second, first, n), a copy: from (time, batch, ...) to (batch, time, ...) or back.
Tensor3 swap_leading(const Tensor3& x);
IdMatrix swap_leading(const IdMatrix& ids);

/// Matrix t of x: (time, batch, n), all its numbers row by row; writing to it writes to x. As a block for products:
/// block(x, t) of blas/matmul.hpp. t must be below x.shape(0).
inline std::span<Real> time_step(Tensor3& x, std::size_t t) {
  return {x.data() + t * x.shape(1) * x.shape(2), x.shape(1) * x.shape(2)};
}
inline std::span<const Real> time_step(const Tensor3& x, std::size_t t) {
  return {x.data() + t * x.shape(1) * x.shape(2), x.shape(1) * x.shape(2)};
}

/// Row r of matrix t of x: (time, batch, n), as contiguous numbers. r must be below x.shape(1).
inline std::span<Real> row(Tensor3& x, std::size_t t, std::size_t r) {
  return time_step(x, t).subspan(r * x.shape(2), x.shape(2));
}
inline std::span<const Real> row(const Tensor3& x, std::size_t t, std::size_t r) {
  return time_step(x, t).subspan(r * x.shape(2), x.shape(2));
}

/// Channel c of image n of x: (batch, channels, height, width), all its pixels row after row; writing to it writes to
/// x. n must be below x.shape(0), c below x.shape(1).
inline std::span<Real> channel(Tensor4& x, std::size_t n, std::size_t c) {
  return {x.data() + (n * x.shape(1) + c) * x.shape(2) * x.shape(3), x.shape(2) * x.shape(3)};
}
inline std::span<const Real> channel(const Tensor4& x, std::size_t n, std::size_t c) {
  return {x.data() + (n * x.shape(1) + c) * x.shape(2) * x.shape(3), x.shape(2) * x.shape(3)};
}

}  // namespace nn
