#include "blas/rows.hpp"

#include <algorithm>

#include "tensor/shape.hpp"

namespace nn {

void fill_rows(Block<Real> z, const Vector& values) {
  check_shape("fill_rows", "values", values, {z.columns});
  for (std::size_t r = 0; r < z.rows; ++r) {
    std::ranges::copy(values, z.data + r * z.stride);
  }
}

void add_column_sums(Block<const Real> x, Vector& sums) {
  check_shape("add_column_sums", "sums", sums, {x.columns});
  Real* const sum = sums.data();
  for (std::size_t r = 0; r < x.rows; ++r) {
    const Real* const row = x.data + r * x.stride;
#pragma omp simd
    for (std::size_t j = 0; j < x.columns; ++j) {
      sum[j] += row[j];
    }
  }
}

}  // namespace nn
