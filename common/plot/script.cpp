#include "plot/script.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "text/hangul.hpp"
#include "text/utf8.hpp"

namespace nn {

namespace {

/// The fonts of texts, both of packages that ./course installs. Only the second has Korean syllables.
constexpr std::string_view latin_font = "DejaVu Sans";
constexpr std::string_view korean_font = "NanumGothic";

std::string_view font_of(std::string_view words) { return has_hangul(words) ? korean_font : latin_font; }

std::string number(double x) { return drawable(x) ? fmt::format("{:.7g}", x) : "NaN"; }

}  // namespace

Script::Script(std::string_view terminal, double width, double height) : width_(width), height_(height) {
  command(fmt::format("set terminal {} noenhanced size {},{} font '{},12' background rgb 'white'", terminal, width,
                      height, latin_font));
  command("set multiplot");
}

void Script::begin(const Box& panel) {
  panel_ = panel;
  command("reset");
  command("set encoding utf8");
  command("unset key\nunset colorbox\nunset border\nunset tics");
  command(fmt::format("set xrange [0:{}]\nset yrange [{}:0]", panel.width, panel.height));
  margins({0, 0, panel.width, panel.height});
}

void Script::axes(const Box& inner) {
  command("set border 3 lc rgb '#999999'");
  command("set format '%g'");
  command(
      "set xtics nomirror out scale 0.5 textcolor rgb '#333333'\nset ytics nomirror out scale 0.5 textcolor rgb "
      "'#333333'");
  command("set grid ytics lt 1 lw 1 lc rgb '#e6e6e6'");
  margins(inner);
}

void Script::text(std::string_view words, double x, double y, const TextStyle& style) {
  command(fmt::format("set label {} at {} {} font '{}{},{:.3g}' tc rgb '{}'{} front", gnuplot_text(words), at(x, y),
                      style.align, font_of(words), style.bold ? ":Bold" : "", style.size, style.colour,
                      style.upwards ? " rotate by 90" : ""));
}

void Script::frame(const Box& box) {
  command(fmt::format("set object rectangle from {} to {} fs empty border lc rgb '#cccccc' front", at(box.x, box.y),
                      at(box.x + box.width, box.y + box.height)));
}

void Script::image(std::span<const Real> numbers, std::size_t columns, double x, double y, double width,
                   double height) {
  // gnuplot cannot draw an image of a single row or column: draw each number as four
  const std::size_t rows = numbers.size() / columns;
  const std::size_t repeats = rows == 1 || columns == 1 ? 2 : 1;
  const double step_x = width / static_cast<double>(repeats), step_y = height / static_cast<double>(repeats);

  const std::string name = fmt::format("$data{}", blocks_++);
  text_ += name + " << END\n";
  for (std::size_t r = 0; r < rows * repeats; ++r) {
    for (std::size_t c = 0; c < columns * repeats; ++c) {
      text_ += number(static_cast<double>(numbers[r / repeats * columns + c / repeats])) + ' ';
    }
    text_ += '\n';
  }
  text_ += "END\n";
  plots_.push_back(fmt::format("{} matrix using ({} + {} * ($1 + 0.5)):({} + {} * ($2 + 0.5)):3 with image", name, x,
                               step_x, y, step_y));
}

void Script::colours(Palette palette, double low, double high) {
  switch (palette) {
    case Palette::grey:
      command("set palette defined (0 '#ffffff', 1 '#111111')");
      break;
    case Palette::blue:
      command("set palette defined (0 '#ffffff', 1 '#deebf7', 3 '#9ecae1', 6 '#4292c6', 9 '#08519c', 10 '#08306b')");
      break;
    case Palette::diverging:
      command(
          "set palette defined (-4 '#053061', -3 '#2166ac', -1.5 '#92c5de', 0 '#ffffff', 1.5 '#f4a582', 3 '#b2182b', "
          "4 '#67001f')");
      break;
  }
  command(fmt::format("set cbrange [{}:{}]", number(low), number(high)));
}

void Script::curve(std::span<const double> x, std::span<const double> y, std::string_view colour, Stroke stroke) {
  const std::string name = fmt::format("$data{}", blocks_++);
  text_ += name + " << END\n";
  for (std::size_t i = 0; i < y.size(); ++i) {
    text_ += number(x[i]) + ' ' + number(y[i]) + '\n';
  }
  text_ += "END\n";
  const std::string_view style = stroke == Stroke::line     ? "lines lw 2"
                                 : stroke == Stroke::dotted ? "linespoints pt 7 ps 0.6 lw 2"
                                                            : "points pt 7 ps 1.2";
  plots_.push_back(fmt::format("{} using 1:2 with {} lc rgb '{}'", name, style, colour));
}

void Script::ring(std::string_view words, double x, double y) {
  command(
      fmt::format("set label {} at first {},{} center offset 0,-1.1 point pt 6 ps 1.6 lc rgb '#333333' font "
                  "'{},11' tc rgb '#333333' front",
                  gnuplot_text(words), number(x), number(y), font_of(words)));
}

void Script::command(std::string_view line) {
  text_ += line;
  text_ += '\n';
}

void Script::draw() {
  if (plots_.empty()) {
    plots_.push_back("NaN");
  }
  command(fmt::format("plot {}", fmt::join(plots_, ", \\\n  ")));
  plots_.clear();
}

void Script::margins(const Box& box) {
  const double left = panel_.x + box.x;
  const double top = panel_.y + box.y;
  command(fmt::format("set lmargin at screen {:.6f}\nset rmargin at screen {:.6f}", left / width_,
                      (left + box.width) / width_));
  command(fmt::format("set tmargin at screen {:.6f}\nset bmargin at screen {:.6f}", 1 - top / height_,
                      1 - (top + box.height) / height_));
}

std::string Script::at(double x, double y) const {
  return fmt::format("screen {:.6f},{:.6f}", (panel_.x + x) / width_, 1 - (panel_.y + y) / height_);
}

bool has_hangul(std::string_view words) { return std::ranges::any_of(decode_utf8(words), is_hangul_syllable); }

std::string gnuplot_text(std::string_view words) {
  std::string text = "'";
  for (const char c : words) {
    const bool control = static_cast<unsigned char>(c) < 0x20;
    text += control ? " " : c == '\'' ? "’" : std::string(1, c);
  }
  return text + "'";
}

double text_width(std::string_view words, double size) {
  double letters = 0;
  for (const char32_t c : decode_utf8(words)) {
    letters += is_hangul_syllable(c) ? 1.5 : 1;
  }
  return letters * size * 0.85;
}

}  // namespace nn
