#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace nn {

/// Thrown when bytes are not UTF-8. The message names the text, the byte and its place: "names.txt is not UTF-8: byte
/// 0xff at offset 17, line 3".
class Utf8Error : public std::runtime_error {
 public:
  Utf8Error(const std::string& message, std::size_t offset, std::size_t line)
      : std::runtime_error(message), offset_(offset), line_(line) {}

  /// Where the first character that is not valid begins: bytes before it, and its line, counted from 1.
  std::size_t offset() const { return offset_; }
  std::size_t line() const { return line_; }

 private:
  std::size_t offset_;
  std::size_t line_;
};

/// Throws Utf8Error unless the bytes are UTF-8 (RFC 3629): no byte that is out of place, no character cut off at the
/// end or written with more bytes than it needs, no surrogate, nothing above U+10FFFF. `name` is what the message calls
/// the text, for example its file.
void check_utf8(std::string_view bytes, std::string_view name = "the text");

/// The code points of a text; throws what check_utf8 throws. encode_utf8 gives the same bytes back.
std::u32string decode_utf8(std::string_view bytes, std::string_view name = "the text");

/// The UTF-8 of code points. Throws std::invalid_argument, which names the code point and its position, if one is a
/// surrogate or above U+10FFFF.
std::string encode_utf8(std::u32string_view code_points);

}  // namespace nn
