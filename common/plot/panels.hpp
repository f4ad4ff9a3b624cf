#pragma once

#include <limits>

#include "plot/script.hpp"
#include "tensor/tensor.hpp"

namespace nn {

// What all kinds of panels share. All sizes are in pixels.
inline constexpr double panel_width = 640;
inline constexpr double panel_height = 500;
inline constexpr double title_height = 56;
inline constexpr double panel_margin = 24;
inline constexpr double scale_width = 76;  // of the colour bar with its numbers

/// From the smallest to the largest of some numbers; low > high while there are none.
struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void include(double x);
};

/// Sets the colours for the finite numbers of x, and returns the range of the scale: from zero to the largest number
/// for blue, symmetric around zero for diverging.
Extent set_colours(Script& script, Palette palette, const Matrix& x);

/// A bar of the colours, with the numbers at its ends and at zero; (x, y) is its upper left corner.
void add_scale(Script& script, const Extent& extent, double x, double y, double height);

/// The largest scale that fits, rounded down to a whole number if that makes little difference, so that pixels are
/// equal squares.
double whole_scale(double scale);

/// Throws ShapeError if a panel has captions, names or texts, but not the expected number of them.
void check_count(const char* panel, const char* part, std::size_t got, std::size_t expected);

}  // namespace nn
