#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tensor/tensor.hpp"

namespace nn {

// Pictures made of characters, for terminals. Every line ends with a newline.

/// A series on one line, without a newline: ▁ for the smallest number, █ for the largest, a space if a number is not
/// finite. A series longer than `width` is cut into `width` parts, and their means are shown.
std::string sparkline(std::span<const double> y, std::size_t width = 60);

/// The same, `height` lines high, with the largest and the smallest number on the left:
///
///      2.3 ┤█▅
///          │██▆▂
///     0.11 ┤█████▅▃▂▁▁▁▁
std::string text_curve(std::span<const double> y, std::size_t width = 60, std::size_t height = 8);

/// An image, two rows of pixels to a line: a pixel is filled if it is nearer to the largest number than to the
/// smallest. Throws ShapeError if pixels does not consist of whole rows.
std::string text_image(std::span<const Real> pixels, std::size_t width);

/// A bar for each named number, the longest `width` characters long; negative numbers have none. A Korean syllable
/// counts as two columns.
///
///     cat ██████████ 0.5
///     dog █████      0.25
std::string bar_chart(const std::vector<std::pair<std::string, double>>& bars, std::size_t width = 40);

}  // namespace nn
