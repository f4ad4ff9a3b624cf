#pragma once

#include <concepts>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace nn {

/// A table of a run's numbers, written as comma-separated values with a line of column names (quoting as in RFC 4180,
/// lines end with a newline). Every row is written at once, so that an interrupted run keeps its measurements.
///
///     Metrics metrics("loss.csv", {"epoch", "loss"});
///     metrics.row({epoch, loss});
class Metrics {
 public:
  /// A text, or a number, which is written with enough digits to be read back exactly.
  struct Cell {
    Cell(std::floating_point auto number) : text(number_text(number)) {}
    Cell(std::integral auto number) : text(std::to_string(number)) {}
    Cell(std::string_view words) : text(words) {}
    Cell(const std::string& words) : text(words) {}
    Cell(const char* words) : text(words) {}
    std::string text;
  };

  /// Starts a new file at path. Throws std::system_error if that fails.
  Metrics(const std::filesystem::path& path, const std::vector<std::string>& columns);

  /// Adds a row. Throws std::invalid_argument if it has more or fewer cells than there are columns, std::system_error
  /// if it cannot be written.
  void row(std::initializer_list<Cell> cells);

 private:
  static std::string number_text(float number);
  static std::string number_text(double number);
  void write(const std::vector<std::string>& cells);

  std::filesystem::path path_;
  std::ofstream file_;
  std::size_t columns_;
};

}  // namespace nn
