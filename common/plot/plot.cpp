#include "plot/plot.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>
#include <string_view>

#include "files/whole_file.hpp"
#include "plot/gnuplot.hpp"
#include "plot/heat_map.hpp"
#include "plot/image_grid.hpp"
#include "plot/line_plot.hpp"
#include "plot/panels.hpp"
#include "plot/script.hpp"
#include "tensor/shape.hpp"

namespace nn {

namespace {

std::string_view terminal_for(const std::filesystem::path& path) {
  const std::string ending = path.extension().string();
  if (ending == ".png") {
    return "pngcairo";
  }
  if (ending == ".svg") {
    return "svg";
  }
  throw std::invalid_argument(fmt::format("save_figure: the name {} must end in .png or .svg", path.string()));
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t i = text.find(from); i != std::string::npos; i = text.find(from, i + to.size())) {
    text.replace(i, from.size(), to);
  }
}

/// An SVG whose images show their pixels as squares, and whose texts are bold where they should be and keep their width
/// where our fonts are not installed.
std::vector<std::byte> polished(const std::vector<std::byte>& svg) {
  std::string text(reinterpret_cast<const char*>(svg.data()), svg.size());
  replace_all(text, "<image ", "<image style='image-rendering:pixelated' ");
  replace_all(text, "\"DejaVu Sans:Bold\"", "\"DejaVu Sans\" font-weight=\"bold\"");
  replace_all(text, "\"DejaVu Sans\"", "\"DejaVu Sans,Verdana,sans-serif\"");
  replace_all(text, "\"NanumGothic:Bold\"", "\"NanumGothic\" font-weight=\"bold\"");
  replace_all(text, "\"NanumGothic\"", "\"NanumGothic,sans-serif\"");
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

/// Throws std::runtime_error if the script has Korean syllables and no font has them: gnuplot would draw boxes larger
/// than the picture.
void check_korean(const std::string& script) {
  if (has_hangul(script) && korean_font_is_missing()) {
    throw std::runtime_error(
        "save_figure: there is no font for the Korean text; install one with: apt-get install fonts-nanum");
  }
}

}  // namespace

HeatMap confusion_matrix(std::string title, const IdVector& labels, const IdVector& predictions, std::size_t classes) {
  // Count
  check_shape("confusion_matrix", "predictions", predictions, {labels.size()});
  check_ids("confusion_matrix", labels, classes);
  check_ids("confusion_matrix", predictions, classes);
  Matrix counts = zeros({classes, classes});
  for (std::size_t i = 0; i < labels.size(); ++i) {
    counts(labels(i), predictions(i)) += 1;
  }

  // Write the counts that are not zero; colour by the root of their share of the row
  HeatMap map{.title = std::move(title), .x_label = "predicted", .y_label = "actual", .values = counts};
  for (std::size_t r = 0; r < classes; ++r) {
    map.row_names.push_back(std::to_string(r));
    map.column_names.push_back(std::to_string(r));
    Real sum = 0;
    for (const Real count : row(counts, r)) {
      sum += count;
      map.texts.push_back(count == 0 ? "" : fmt::format("{:.0f}", count));
    }
    for (Real& value : row(map.values, r)) {
      value = std::sqrt(value / std::max(sum, Real{1}));
    }
  }
  return map;
}

void save_figure(const std::filesystem::path& path, const std::vector<Panel>& panels, std::size_t columns) {
  const std::string_view terminal = terminal_for(path);
  if (panels.empty() || columns == 0) {
    throw std::invalid_argument("save_figure: a figure needs at least one panel and one column");
  }
  columns = std::min(columns, panels.size());
  const std::size_t rows = (panels.size() + columns - 1) / columns;
  Script script(terminal, panel_width * static_cast<double>(columns), panel_height * static_cast<double>(rows));
  for (std::size_t i = 0; i < panels.size(); ++i) {
    script.begin({panel_width * static_cast<double>(i % columns), panel_height * static_cast<double>(i / columns),
                  panel_width, panel_height});
    std::visit(
        [&script](const auto& panel) {
          script.text(panel.title, panel_width / 2, title_height / 2, {.size = 14, .bold = true});
          add_panel(script, panel);
        },
        panels[i]);
    script.draw();
  }
  check_korean(script.text_so_far());
  const std::vector<std::byte> picture = run_gnuplot(script.text_so_far());
  write_whole(path, terminal == "svg" ? polished(picture) : picture);
}

}  // namespace nn
