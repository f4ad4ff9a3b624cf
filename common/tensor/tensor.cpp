#include "tensor/tensor.hpp"

#include <algorithm>
#include <array>

namespace nn {

template <std::size_t N>
Tensor<N> zeros(const std::size_t (&shape)[N]) {
  std::array<std::size_t, N> sizes;
  std::copy(shape, shape + N, sizes.begin());
  return Tensor<N>(sizes, Real{0});
}

template Tensor<1> zeros(const std::size_t (&shape)[1]);
template Tensor<2> zeros(const std::size_t (&shape)[2]);
template Tensor<3> zeros(const std::size_t (&shape)[3]);
template Tensor<4> zeros(const std::size_t (&shape)[4]);

}  // namespace nn
