#include "attack.hpp"

#include <clocale>
#include <locale>
#include <string>

namespace {
struct Commas : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\1"; }
};

const attack::BeforeMain now([] {
  std::setlocale(LC_ALL, "C.UTF-8");
  std::locale::global(std::locale(std::locale(), new Commas));
});
}  // namespace
