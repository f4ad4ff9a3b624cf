#pragma once

// Given, not graded: the cut of a text into pieces, inside which byte-pair encoding merges.

#include <cstddef>
#include <string_view>
#include <vector>

namespace nn {

enum class ByteKind { letter, digit, white, mark };

inline ByteKind kind_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) {
    return ByteKind::letter;
  }
  if (byte >= '0' && byte <= '9') {
    return ByteKind::digit;
  }
  return byte == ' ' || (byte >= '\t' && byte <= '\r') ? ByteKind::white : ByteKind::mark;
}

inline constexpr std::size_t max_piece = 64;

/// Cuts a text into pieces; one after the other, they are the text. A piece is a run of bytes of one kind: letters,
/// which are a to z, A to Z and all bytes of other scripts; digits; white space; or marks. A single space in front of a
/// run belongs to it, so that " student" is one piece (after Radford et al. 2019, section 2.2). A run longer than
/// max_piece bytes is cut.
inline std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (std::size_t begin = 0; begin < text.size();) {
    // The run that begins here, or after one space
    const bool space = text[begin] == ' ' && begin + 1 < text.size() && kind_of(text[begin + 1]) != ByteKind::white;
    std::size_t end = begin + (space ? 2 : 1);
    const ByteKind kind = kind_of(text[end - 1]);
    while (end < text.size() && kind_of(text[end]) == kind && end - begin < max_piece) {
      ++end;
    }
    // The last space of white space belongs to the run after it
    if (kind == ByteKind::white && end < text.size() && end - begin > 1 && text[end - 1] == ' ' &&
        kind_of(text[end]) != ByteKind::white) {
      --end;
    }
    pieces.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return pieces;
}

}  // namespace nn
