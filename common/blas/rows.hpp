#pragma once

// What a bias needs, for the rows of a block: of a matrix, of a step, or of many steps of a sequence.

#include "blas/gemm.hpp"
#include "tensor/tensor.hpp"

namespace nn {

/// Sets every row of z: (rows, columns) to `values`: (columns). Throws ShapeError if their numbers differ.
void fill_rows(Block<Real> z, const Vector& values);

/// Adds the sum of the rows of x: (rows, columns) to sums: (columns), column by column. Throws ShapeError if their
/// numbers differ.
void add_column_sums(Block<const Real> x, Vector& sums);

}  // namespace nn
