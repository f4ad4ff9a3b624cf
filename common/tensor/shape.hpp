#pragma once

#include <initializer_list>
#include <span>
#include <stdexcept>
#include <string_view>

#include "safetensors/shape_text.hpp"
#include "tensor/tensor.hpp"

namespace nn {

/// Thrown when a tensor does not have the shape that a function needs. The message names the function, the tensor and
/// both shapes: "Linear::forward: x has shape (5, 3), expected (any, 4)".
class ShapeError : public std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// Thrown when an id (a label, a token) is not below the number of classes.
class IdError : public std::out_of_range {
  using std::out_of_range::out_of_range;
};

/// In an expected shape: any size is allowed.
inline constexpr std::size_t any = safetensors::any_size;

/// A shape as text: "(5, 3)".
using safetensors::shape_text;

/// Throws ShapeError if `shape`, of tensor `name` in `function`, is not `expected` (an entry `any` allows any size).
void check_shape_of(std::string_view function, std::string_view name, std::span<const std::size_t> shape,
                    std::initializer_list<std::size_t> expected);

/// Throws ShapeError if x, which `function` calls `name`, does not have the shape `expected`.
template <class T>
void check_shape(std::string_view function, std::string_view name, const T& x,
                 std::initializer_list<std::size_t> expected) {
  check_shape_of(function, name, x.shape(), expected);
}

/// Throws IdError if one of the ids is not below `count`; the message names the function, the id and its position in
/// storage order.
void check_ids(std::string_view function, const IdVector& ids, std::size_t count);
void check_ids(std::string_view function, const IdMatrix& ids, std::size_t count);

}  // namespace nn
