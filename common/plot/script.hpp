#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tensor/tensor.hpp"

namespace nn {

/// A rectangle of a picture in pixels; y points down.
struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

/// The style of a text: its alignment, its size in points, its colour, and whether it is written upwards.
struct TextStyle {
  std::string_view align = "center";
  double size = 12;
  std::string_view colour = "#333333";
  bool upwards = false;
  bool bold = false;
};

/// The colours of numbers: white to black, white to blue, or blue over white to red.
enum class Palette { grey, blue, diverging };

/// How a curve is drawn: as a line, as a line with a dot at each point, or as large dots alone.
enum class Stroke { line, dotted, points };

/// A gnuplot script that draws panels. Everything except curves is placed in pixels. Begin a panel, add texts, frames,
/// images or curves, draw it, and begin the next one.
class Script {
 public:
  /// For a picture of the given size in pixels; `terminal` is gnuplot's name for the file type.
  Script(std::string_view terminal, double width, double height);

  /// Starts a panel. Positions count from the upper left corner of its box.
  void begin(const Box& panel);

  /// Adds axes for curves to the panel, inside the rectangle.
  void axes(const Box& inner);

  void text(std::string_view words, double x, double y, const TextStyle& style = {});
  void frame(const Box& box);

  /// Numbers, row by row, as an image of cells of this width and height; its upper left corner is at (x, y).
  void image(std::span<const Real> numbers, std::size_t columns, double x, double y, double width, double height);
  void colours(Palette palette, double low, double high);

  /// A curve through the points (x, y).
  void curve(std::span<const double> x, std::span<const double> y, std::string_view colour, Stroke stroke);

  /// A ring around the point (x, y) of the axes, with a text below it.
  void ring(std::string_view words, double x, double y);

  /// A gnuplot command, unchanged.
  void command(std::string_view line);

  /// Draws the panel.
  void draw();

  const std::string& text_so_far() const { return text_; }

 private:
  void margins(const Box& box);
  std::string at(double x, double y) const;

  std::string text_;
  std::vector<std::string> plots_;
  std::size_t blocks_ = 0;
  double width_;
  double height_;
  Box panel_;
};

/// Whether a number can be drawn: it is finite, and not too large for an axis.
inline bool drawable(double x) { return x > -1e100 && x < 1e100; }

/// Whether a text has Korean syllables. Throws Utf8Error if it is not UTF-8.
bool has_hangul(std::string_view words);

/// A text for gnuplot: in single quotes, with typographic apostrophes and with spaces instead of line ends.
std::string gnuplot_text(std::string_view words);

/// The approximate width of a text in pixels, for Latin letters and Korean syllables.
double text_width(std::string_view words, double size);

}  // namespace nn
