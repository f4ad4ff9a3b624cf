#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "tensor/tensor.hpp"

namespace nn {

// Pictures of what a network learns. A figure is a list of panels; there are three kinds.

/// A named line. If x is empty, it is 1, 2, 3, ... Points that are not finite leave a gap. Without `line`, the points
/// are drawn as separate dots, for single measurements.
struct Curve {
  std::string name = {};
  std::vector<double> y = {};
  std::vector<double> x = {};
  bool line = true;
};

/// A ring around the point (x, y), with its name below: the best epoch of a run. It uses the axes of the curves.
struct Mark {
  std::string name = {};
  double x = 0;
  double y = 0;
};

/// Curves with common axes: a loss by step, an accuracy by epoch. A logarithmic axis shows positive numbers only.
struct LinePlot {
  std::string title = {};
  std::string x_label = {};
  std::string y_label = {};
  std::vector<Curve> curves = {};
  std::vector<Mark> marks = {};
  bool log_x = false;
  bool log_y = false;
};

/// Grey images side by side, row after row, the smallest number white and the largest black. With `diverging`, for
/// weights: negative numbers blue, zero white, positive numbers red, on a scale that is the same for all images.
struct ImageGrid {
  std::string title = {};
  Matrix images = {};  // (count, height * width)
  std::size_t height = 28;
  std::size_t width = 28;
  std::size_t columns = 8;
  std::vector<std::string> captions = {};  // one under each image, or none
  bool diverging = false;
};

/// A matrix as coloured cells: 0 white and the largest number dark blue; diverging as above if there are negative
/// numbers. Cells are squares; with texts, wide matrices have cells that are up to twice as high as wide.
struct HeatMap {
  std::string title = {};
  std::string x_label = {};
  std::string y_label = {};
  Matrix values = {};                          // (rows, columns)
  std::vector<std::string> row_names = {};     // one for each row, or none
  std::vector<std::string> column_names = {};  // one for each column, or none
  std::vector<std::string> texts = {};         // one in each cell, row by row, or none
};

/// How often images of each class were predicted as each class: rows "actual", columns "predicted", with the counts as
/// texts. Cells are coloured by the square root of their share of the row, so that rare mistakes are visible. Throws
/// ShapeError if there are not as many predictions as labels, IdError if one is not below `classes`.
HeatMap confusion_matrix(std::string title, const IdVector& labels, const IdVector& predictions, std::size_t classes);

using Panel = std::variant<LinePlot, ImageGrid, HeatMap>;

/// Draws the panels, `columns` of them in a row, into one picture of 640 x 500 pixels per panel; the file name's ending
/// says whether it is a .png or an .svg. Throws std::invalid_argument for another ending or no panel, ShapeError if the
/// sizes of the parts of a panel do not match, std::runtime_error if gnuplot or a font for Korean text is not
/// installed, std::system_error if the file cannot be written.
void save_figure(const std::filesystem::path& path, const std::vector<Panel>& panels, std::size_t columns = 2);

}  // namespace nn
