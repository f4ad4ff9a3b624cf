#include "files/csv.hpp"

#include <doctest/doctest.h>

TEST_CASE("csv_cell quotes what holds a comma, a quote or a line end, and nothing else") {
  CHECK(nn::csv_cell("") == "");
  CHECK(nn::csv_cell("plain text; 한국어 'x'") == "plain text; 한국어 'x'");
  CHECK(nn::csv_cell("a,b") == "\"a,b\"");
  CHECK(nn::csv_cell("say \"hi\"") == "\"say \"\"hi\"\"\"");
  CHECK(nn::csv_cell("two\nlines") == "\"two\nlines\"");
  CHECK(nn::csv_cell("\r") == "\"\r\"");
}
