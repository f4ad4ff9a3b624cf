#pragma once

#include <cstddef>

namespace nn {

/// A rectangle inside a row-major matrix: row r starts at data + r * stride. A head of attention, a slice of a batch or
/// a whole matrix are all blocks, so products need no copies.
template <class T>
struct Block {
  T* data;
  std::size_t rows;
  std::size_t columns;
  std::size_t stride;  // from one row to the next; at least columns
};

/// Whether a product reads a block as it stands or transposed.
enum class Transpose { no, yes };

/// C = alpha op(A) op(B) + beta C, where op transposes or not (BLAS xGEMM; Dongarra et al. 1990). With beta = 0 the old
/// contents of C are never read. C must not overlap A or B. Throws ShapeError if the inner or outer sizes disagree.
void gemm(Transpose transpose_a, Transpose transpose_b, double alpha, Block<const double> a, Block<const double> b,
          double beta, Block<double> c);
void gemm(Transpose transpose_a, Transpose transpose_b, float alpha, Block<const float> a, Block<const float> b,
          float beta, Block<float> c);

}  // namespace nn
