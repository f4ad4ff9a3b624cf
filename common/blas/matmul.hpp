#pragma once

#include "blas/gemm.hpp"
#include "tensor/tensor.hpp"

namespace nn {

// Matrix products. The letters stand for the two factors: n is not transposed, t is transposed. All throw ShapeError if
// the sizes do not fit. A matrix that is added to must not be one of the factors.

/// a (m, k), b (k, n) -> a b (m, n).
Matrix matmul(const Matrix& a, const Matrix& b);

/// a (k, m), b (k, n) -> a^T b (m, n).
Matrix matmul_tn(const Matrix& a, const Matrix& b);

/// a (m, k), b (n, k) -> a b^T (m, n).
Matrix matmul_nt(const Matrix& a, const Matrix& b);

/// The same products, added to sum (m, n) in place: what the gradient of a weight needs.
void add_matmul(const Matrix& a, const Matrix& b, Matrix& sum);
void add_matmul_tn(const Matrix& a, const Matrix& b, Matrix& sum);
void add_matmul_nt(const Matrix& a, const Matrix& b, Matrix& sum);

/// The same products for each matrix of a batch: a (batch, m, k), b (batch, k, n) -> (batch, m, n).
Tensor3 batched_matmul(const Tensor3& a, const Tensor3& b);
/// a (batch, k, m), b (batch, k, n) -> (batch, m, n).
Tensor3 batched_matmul_tn(const Tensor3& a, const Tensor3& b);
/// a (batch, m, k), b (batch, n, k) -> (batch, m, n).
Tensor3 batched_matmul_nt(const Tensor3& a, const Tensor3& b);

/// Matrix x, or matrix i of a batch, as a block for gemm. Of x: (batch, channels, height, width), image i is a matrix
/// (channels, height * width), and all of x is (batch, channels * height * width).
inline Block<Real> block(Matrix& x) { return {x.data(), x.shape(0), x.shape(1), x.shape(1)}; }
inline Block<const Real> block(const Matrix& x) { return {x.data(), x.shape(0), x.shape(1), x.shape(1)}; }
inline Block<Real> block(Tensor3& x, std::size_t i) {
  return {x.data() + i * x.shape(1) * x.shape(2), x.shape(1), x.shape(2), x.shape(2)};
}
inline Block<const Real> block(const Tensor3& x, std::size_t i) {
  return {x.data() + i * x.shape(1) * x.shape(2), x.shape(1), x.shape(2), x.shape(2)};
}

/// Steps first, first + 1, ..., first + count - 1 of x: (time, batch, n) as one block (count * batch, n), for a product
/// with the rows of many steps. first + count must be at most x.shape(0).
inline Block<Real> block(Tensor3& x, std::size_t first, std::size_t count) {
  return {x.data() + first * x.shape(1) * x.shape(2), count * x.shape(1), x.shape(2), x.shape(2)};
}
inline Block<const Real> block(const Tensor3& x, std::size_t first, std::size_t count) {
  return {x.data() + first * x.shape(1) * x.shape(2), count * x.shape(1), x.shape(2), x.shape(2)};
}

inline Block<Real> block(Tensor4& x, std::size_t i) {
  const std::size_t pixels = x.shape(2) * x.shape(3);
  return {x.data() + i * x.shape(1) * pixels, x.shape(1), pixels, pixels};
}
inline Block<const Real> block(const Tensor4& x, std::size_t i) {
  const std::size_t pixels = x.shape(2) * x.shape(3);
  return {x.data() + i * x.shape(1) * pixels, x.shape(1), pixels, pixels};
}
inline Block<Real> block(Tensor4& x) {
  const std::size_t columns = x.shape(1) * x.shape(2) * x.shape(3);
  return {x.data(), x.shape(0), columns, columns};
}
inline Block<const Real> block(const Tensor4& x) {
  const std::size_t columns = x.shape(1) * x.shape(2) * x.shape(3);
  return {x.data(), x.shape(0), columns, columns};
}

}  // namespace nn
