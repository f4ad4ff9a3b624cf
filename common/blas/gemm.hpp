#pragma once

#include <cstddef>
#include <type_traits>

#include "tensor/tensor.hpp"

namespace nn {

/// A rectangle inside a row-major matrix: row r starts at data + r * stride. An attention head, a slice of a batch and
/// a whole matrix are all blocks, so products need no copies.
template <class T>
struct Block {
  T* data;
  std::size_t rows;
  std::size_t columns;
  std::size_t stride;  // from one row to the next; at least columns

  /// A block that can be written can also be read.
  operator Block<const T>() const requires(!std::is_const_v<T>) { return {data, rows, columns, stride}; }
};

/// Throws ShapeError if a block (rows, columns) has no part (part_rows, part_columns) that starts at (first_row,
/// first_column).
void check_part(std::size_t rows, std::size_t columns, std::size_t first_row, std::size_t first_column,
                std::size_t part_rows, std::size_t part_columns);

/// The part of a block whose upper left number is (first_row, first_column): (rows, columns), the same storage. Throws
/// ShapeError if the part is not inside the block.
template <class T>
Block<T> part(Block<T> whole, std::size_t first_row, std::size_t first_column, std::size_t rows, std::size_t columns) {
  check_part(whole.rows, whole.columns, first_row, first_column, rows, columns);
  return {whole.data + first_row * whole.stride + first_column, rows, columns, whole.stride};
}

/// Whether a product reads a block as stored or transposed.
enum class Transpose { no, yes };

/// c = alpha op(a) op(b) + beta c, where op transposes its block if the flag in front of it says so (BLAS xGEMM;
/// Dongarra et al. 1990). op(a) is (m, k), op(b) is (k, n), c is (m, n). With beta = 0 the old contents of c are never
/// read. c must not overlap a or b. Throws ShapeError if the sizes do not fit.
void gemm(Transpose transpose_a, Block<const Real> a, Transpose transpose_b, Block<const Real> b, Block<Real> c,
          Real alpha = 1, Real beta = 0);

}  // namespace nn
