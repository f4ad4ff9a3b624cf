#include "text/utf8.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <utf8.h>

namespace nn {

void check_utf8(std::string_view bytes, std::string_view name) {
  const auto invalid = utf8::find_invalid(bytes.begin(), bytes.end());
  if (invalid == bytes.end()) {
    return;
  }
  const auto offset = static_cast<std::size_t>(invalid - bytes.begin());
  const auto line = static_cast<std::size_t>(1 + std::count(bytes.begin(), invalid, '\n'));
  throw Utf8Error(fmt::format("{} is not UTF-8: byte {:#04x} at offset {}, line {}", name,
                              static_cast<unsigned char>(*invalid), offset, line),
                  offset, line);
}

std::u32string decode_utf8(std::string_view bytes, std::string_view name) {
  check_utf8(bytes, name);
  std::u32string code_points;
  utf8::utf8to32(bytes.begin(), bytes.end(), std::back_inserter(code_points));
  return code_points;
}

std::string encode_utf8(std::u32string_view code_points) {
  std::string bytes;
  for (std::size_t i = 0; i < code_points.size(); ++i) {
    try {
      utf8::append(code_points[i], std::back_inserter(bytes));
    } catch (const utf8::invalid_code_point& error) {
      throw std::invalid_argument(
          fmt::format("encode_utf8: U+{:04X} at position {} is not a character", error.code_point(), i));
    }
  }
  return bytes;
}

}  // namespace nn
