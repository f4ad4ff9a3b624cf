#pragma once

// Given, not graded: which characters end a word.

#include <string_view>

namespace nn {

/// White space: of ASCII, and the spaces of Unicode 15, section 6.2.
constexpr bool is_white(char32_t c) {
  return c == U' ' || (c >= U'\t' && c <= U'\r') || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/// Marks: what ASCII and Latin-1 have besides letters and digits, Unicode's General Punctuation without the spaces and
/// joiners in it, the marks of Chinese, Japanese and Korean texts, and the danda of Bengali and its relatives.
constexpr bool is_mark(char32_t c) {
  if (is_white(c)) {
    return false;
  }
  if (c < 0x80) {
    const bool letter = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
    return !letter && !(c >= U'0' && c <= U'9');
  }
  return (c > 0xa0 && c < 0xc0 && c != 0xaa && c != 0xb5 && c != 0xba) || (c >= 0x2010 && c <= 0x205e) ||
         (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3011) || c == 0x964 || c == 0x965;
}

}  // namespace nn
