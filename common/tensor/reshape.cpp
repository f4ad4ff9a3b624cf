#include "tensor/reshape.hpp"

#include <algorithm>
#include <array>

#include "tensor/shape.hpp"

namespace nn {

namespace {

/// Moves the numbers of x into a tensor of another shape with the same number of numbers. x is empty afterwards.
template <class T, std::size_t N, std::size_t M>
xt::xtensor<T, M> with_shape(xt::xtensor<T, N>& x, std::array<std::size_t, M> shape) {
  typename xt::xtensor<T, M>::inner_strides_type strides;
  xt::compute_strides(shape, xt::layout_type::row_major, strides);
  return xt::xtensor<T, M>(std::move(x.storage()), std::move(shape), std::move(strides));
}

}  // namespace

Matrix merge_leading(Tensor3 x) { return with_shape(x, std::array{x.shape(0) * x.shape(1), x.shape(2)}); }

IdVector merge_leading(IdMatrix ids) { return with_shape(ids, std::array{ids.size()}); }

Tensor3 split_leading(Matrix x, std::size_t first, std::size_t second) {
  check_shape("split_leading", "x", x, {first * second, any});
  return with_shape(x, std::array{first, second, x.shape(1)});
}

IdMatrix split_leading(IdVector ids, std::size_t first, std::size_t second) {
  check_shape("split_leading", "ids", ids, {first * second});
  return with_shape(ids, std::array{first, second});
}

Matrix flatten(Tensor4 x) { return with_shape(x, std::array{x.shape(0), x.shape(1) * x.shape(2) * x.shape(3)}); }

Tensor4 unflatten(Matrix x, std::size_t channels, std::size_t height, std::size_t width) {
  check_shape("unflatten", "x", x, {any, channels * height * width});
  return with_shape(x, std::array{x.shape(0), channels, height, width});
}

Tensor3 swap_leading(const Tensor3& x) {
  Tensor3 y({x.shape(1), x.shape(0), x.shape(2)});
  for (std::size_t t = 0; t < x.shape(0); ++t) {
    for (std::size_t r = 0; r < x.shape(1); ++r) {
      std::ranges::copy(row(x, t, r), row(y, r, t).begin());
    }
  }
  return y;
}

IdMatrix swap_leading(const IdMatrix& ids) { return xt::transpose(ids); }

}  // namespace nn
