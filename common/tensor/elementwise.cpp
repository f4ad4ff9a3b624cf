#include "tensor/elementwise.hpp"

#include <algorithm>
#include <array>
#include <xsimd/xsimd.hpp>

namespace nn {

namespace {

using RealBatch = xsimd::batch<Real>;

/// x = function(x) for every number. The numbers after the last full batch are computed in a batch of their own, so
/// that the result for a number does not depend on its place.
template <class Function>
void for_each_batch(std::span<Real> x, const Function& function) {
  std::size_t i = 0;
  for (; i + RealBatch::size <= x.size(); i += RealBatch::size) {
    function(RealBatch::load_unaligned(&x[i])).store_unaligned(&x[i]);
  }
  std::array<Real, RealBatch::size> rest{};
  std::copy(x.begin() + static_cast<std::ptrdiff_t>(i), x.end(), rest.begin());
  function(RealBatch::load_unaligned(rest.data())).store_unaligned(rest.data());
  std::copy_n(rest.begin(), x.size() - i, x.begin() + static_cast<std::ptrdiff_t>(i));
}

}  // namespace

void apply_tanh(std::span<Real> x) {
  for_each_batch(x, [](const RealBatch& number) { return xsimd::tanh(number); });
}

void apply_sigmoid(std::span<Real> x) {
  for_each_batch(
      x, [](const RealBatch& number) { return RealBatch(Real{1}) / (RealBatch(Real{1}) + xsimd::exp(-number)); });
}

}  // namespace nn
