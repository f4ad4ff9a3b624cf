#pragma once

// The tensor types. This is the only file that includes xtensor, because the headers of xtensor moved in version 0.26.
#include <cstddef>
#include <cstdint>
#include <span>

#if __has_include(<xtensor/containers/xtensor.hpp>)
#include <xtensor/containers/xtensor.hpp>
#include <xtensor/core/xmath.hpp>
#include <xtensor/core/xnoalias.hpp>
#include <xtensor/views/xview.hpp>
#else
#include <xtensor/xmath.hpp>
#include <xtensor/xnoalias.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#endif

#include "tensor/real.hpp"

namespace nn {

/// A tensor of fixed rank N, stored row by row (the last index moves fastest).
template <std::size_t N>
using Tensor = xt::xtensor<Real, N>;

using Vector = Tensor<1>;
using Matrix = Tensor<2>;
using Tensor3 = Tensor<3>;
using Tensor4 = Tensor<4>;

/// A class label, a token of a vocabulary, an index of a row. Never negative.
using Id = std::size_t;
using IdVector = xt::xtensor<Id, 1>;
using IdMatrix = xt::xtensor<Id, 2>;

/// A tensor of the given shape, filled with zeros: zeros({2, 3}) is a Matrix, zeros({4}) a Vector.
/// N is 1, 2, 3 or 4: tensor.cpp instantiates these, so that other files need not.
template <std::size_t N>
Tensor<N> zeros(const std::size_t (&shape)[N]);

/// Row r of x as contiguous numbers; writing to it writes to x. r must be below x.shape(0).
inline std::span<Real> row(Matrix& x, std::size_t r) { return {x.data() + r * x.shape(1), x.shape(1)}; }
inline std::span<const Real> row(const Matrix& x, std::size_t r) { return {x.data() + r * x.shape(1), x.shape(1)}; }

/// All numbers of a tensor, in storage order; valid until the tensor is assigned or resized.
template <std::size_t N>
std::span<Real> values(Tensor<N>& x) {
  return {x.data(), x.size()};
}
template <std::size_t N>
std::span<const Real> values(const Tensor<N>& x) {
  return {x.data(), x.size()};
}

}  // namespace nn
