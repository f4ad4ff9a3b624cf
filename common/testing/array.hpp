#pragma once

#include <cstdint>
#include <type_traits>

#include "safetensors/safetensors.hpp"
#include "tensor/tensor.hpp"
#include "testing/record.hpp"

namespace nn {

using safetensors::Array;

/// A tensor of Real or Id as an array. A scalar becomes an array of rank 0; a truth value the text "true" or "false".
template <class Scalar, std::size_t N>
Array to_array(const xt::xtensor<Scalar, N>& x) {
  return Array::of<Scalar>({x.shape().begin(), x.shape().end()}, {x.data(), x.size()});
}
inline Array to_array(Real x) { return Array::of<Real>({}, {&x, 1}); }
inline Array to_array(Id x) { return Array::of<Id>({}, {&x, 1}); }
inline Array to_array(bool x) { return wire::text_array(x ? "true" : "false"); }
inline Array to_array(const std::string& text) { return wire::text_array(text); }

/// The array as a tensor or scalar of type T. An empty array of a different rank (a hidden value in the sandbox)
/// becomes an empty tensor. Throws safetensors::FormatError if type or rank differ.
template <class T>
T from_array(const Array& array) {
  if constexpr (std::is_arithmetic_v<T>) {
    if (array.size() != 1) {
      throw safetensors::FormatError("expected a scalar, got a tensor");
    }
    return array.numbers<T>().front();
  } else {
    typename T::shape_type shape{};
    if (array.shape.size() == shape.size()) {
      std::copy(array.shape.begin(), array.shape.end(), shape.begin());
    } else if (array.size() != 0) {
      throw safetensors::FormatError("expected a tensor of a different rank");
    }
    T x(shape);
    if (array.data.empty()) {
      return x;
    }
    const auto numbers = array.numbers<typename T::value_type>();
    std::copy(numbers.begin(), numbers.end(), x.begin());
    return x;
  }
}

}  // namespace nn
