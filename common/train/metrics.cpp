#include "train/metrics.hpp"

#include <cerrno>
#include <fmt/format.h>
#include <stdexcept>
#include <system_error>

#include "files/csv.hpp"

namespace nn {

Metrics::Metrics(const std::filesystem::path& path, const std::vector<std::string>& columns)
    : path_(path), file_(path, std::ios::binary), columns_(columns.size()) {
  write(columns);
}

void Metrics::row(std::initializer_list<Cell> cells) {
  if (cells.size() != columns_) {
    throw std::invalid_argument(
        fmt::format("Metrics::row: {} cells, but {} has {} columns", cells.size(), path_.string(), columns_));
  }
  std::vector<std::string> texts;
  for (const Cell& cell : cells) {
    texts.push_back(cell.text);
  }
  write(texts);
}

std::string Metrics::number_text(float number) { return fmt::format("{}", number); }
std::string Metrics::number_text(double number) { return fmt::format("{}", number); }

void Metrics::write(const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    file_ << (i == 0 ? "" : ",") << csv_cell(cells[i]);
  }
  if (!(file_ << '\n' << std::flush)) {
    throw std::system_error(errno, std::generic_category(), fmt::format("cannot write {}", path_.string()));
  }
}

}  // namespace nn
