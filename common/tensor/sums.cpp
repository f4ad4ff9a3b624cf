#include "tensor/sums.hpp"

#include <array>

#include "tensor/shape.hpp"

namespace nn {

Real sum_of(std::span<const Real> x) {
  Real sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum += x[i];
  }
  return sum;
}

Real dot_product(std::span<const Real> a, std::span<const Real> b) {
  check_shape_of("dot_product", "b", std::array{b.size()}, {a.size()});
  Real sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += a[i] * b[i];
  }
  return sum;
}

void add_scaled(std::span<const Real> x, Real factor, std::span<Real> y) {
  check_shape_of("add_scaled", "x", std::array{x.size()}, {y.size()});
#pragma omp simd
  for (std::size_t i = 0; i < x.size(); ++i) {
    y[i] += factor * x[i];
  }
}

}  // namespace nn
