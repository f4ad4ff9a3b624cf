#pragma once

#include <limits>

#include "plot/script.hpp"
#include "tensor/tensor.hpp"

namespace nn {

// What the kinds of panels share. All sizes are in pixels.
inline constexpr double panel_width = 640;
inline constexpr double panel_height = 500;
inline constexpr double title_height = 56;
inline constexpr double panel_margin = 24;
inline constexpr double scale_width = 76;  // of the bar of colours with its numbers

/// From the smallest to the largest of some numbers; low > high while there are none.
struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void include(double x);
};

/// Sets colours that fit the finite numbers of x, and returns the numbers at their two ends: zero and the largest for
/// blue, the same distance from zero for diverging.
Extent set_colours(Script& script, Palette palette, const Matrix& x);

/// A bar of the colours, with the numbers at its ends and at zero; (x, y) is its upper left corner.
void add_scale(Script& script, const Extent& extent, double x, double y, double height);

/// The largest scale that is not larger, whole where that costs little, so that pixels are squares of equal size.
double whole_scale(double scale);

/// Throws ShapeError if a panel has some, but not the expected number of captions, names or texts.
void check_count(const char* panel, const char* part, std::size_t got, std::size_t expected);

}  // namespace nn
