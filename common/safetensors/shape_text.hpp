#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace safetensors {

/// In an expected shape: any size is allowed.
inline constexpr std::size_t any_size = static_cast<std::size_t>(-1);

/// A shape as Python writes it: "(5, 3)", "(3,)", "()"; any_size is "any".
std::string shape_text(std::span<const std::size_t> shape);

}  // namespace safetensors
