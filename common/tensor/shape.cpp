#include "tensor/shape.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace nn {

namespace {

bool fits(std::span<const std::size_t> shape, std::span<const std::size_t> expected) {
  return std::equal(shape.begin(), shape.end(), expected.begin(), expected.end(),
                    [](std::size_t got, std::size_t wanted) { return wanted == any || got == wanted; });
}

void check_each_id(std::string_view function, std::span<const Id> ids, std::size_t count) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] >= count) {
      throw IdError(fmt::format("{}: id {} at position {} is not below {}", function, ids[i], i, count));
    }
  }
}

}  // namespace

void check_shape_of(std::string_view function, std::string_view name, std::span<const std::size_t> shape,
                    std::initializer_list<std::size_t> expected) {
  if (!fits(shape, expected)) {
    // What backward compares with is a cache; an empty one was most likely never filled
    const bool empty = function.ends_with("backward") && std::ranges::find(expected, std::size_t{0}) != expected.end();
    throw ShapeError(fmt::format("{}: {} has shape {}, expected {}{}", function, name, shape_text(shape),
                                 shape_text(expected), empty ? " (a size of 0: does forward fill this cache?)" : ""));
  }
}

void check_ids(std::string_view function, const IdVector& ids, std::size_t count) {
  check_each_id(function, {ids.data(), ids.size()}, count);
}

void check_ids(std::string_view function, const IdMatrix& ids, std::size_t count) {
  check_each_id(function, {ids.data(), ids.size()}, count);
}

}  // namespace nn
