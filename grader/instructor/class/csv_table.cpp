#include "class/csv_table.hpp"

#include <algorithm>
#include <csv.h>
#include <fmt/format.h>
#include <sstream>
#include <stdexcept>

#include "files/whole_file.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

/// Collects what libcsv finds.
struct Rows {
  std::vector<Row> rows;
  Row row;
  std::size_t next_line = 1;

  static void cell(void* text, std::size_t size, void* rows) {
    static_cast<Rows*>(rows)->row.cells.emplace_back(static_cast<const char*>(text), size);
  }
  static void end(int, void* rows) {
    auto& all = *static_cast<Rows*>(rows);
    all.rows.push_back(std::move(all.row));
    all.row = {{}, all.next_line};
  }
};

}  // namespace

std::string text_of_csv(const std::filesystem::path& file) {
  std::string text = nn::read_whole(file);
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
  return as_utf8(text);
}

std::vector<Row> rows_of_csv(const std::string& text) {
  const std::string header = text.substr(0, text.find('\n'));
  csv_parser parser;
  csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
  const bool semicolons = std::ranges::count(header, ';') > std::ranges::count(header, ',');
  csv_set_delim(&parser, semicolons ? ';' : ',');
  Rows found;
  found.row.line = 1;
  std::istringstream lines(text);
  int status = CSV_SUCCESS;
  for (std::string line; status == CSV_SUCCESS && std::getline(lines, line);) {
    const bool is_blank = line.empty() || line == "\r";
    if (is_blank && found.row.line == found.next_line) ++found.row.line;
    ++found.next_line;
    line += '\n';
    if (csv_parse(&parser, line.data(), line.size(), Rows::cell, Rows::end, &found) != line.size()) {
      status = csv_error(&parser);
    }
  }
  if (status == CSV_SUCCESS && csv_fini(&parser, Rows::cell, Rows::end, &found) != 0) status = csv_error(&parser);
  csv_free(&parser);
  if (status != CSV_SUCCESS) {
    throw std::runtime_error(fmt::format("line {}: the quotes of this row do not match", found.row.line));
  }
  std::erase_if(found.rows, [](const Row& row) { return std::ranges::all_of(row.cells, &std::string::empty); });
  return found.rows;
}

}  // namespace grader
