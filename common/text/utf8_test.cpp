#include "text/utf8.hpp"

#include <doctest/doctest.h>

#include "text/hangul.hpp"

namespace {

/// The offset and the line at which a text is not UTF-8.
std::pair<std::size_t, std::size_t> place_of_error(std::string_view bytes) {
  try {
    nn::check_utf8(bytes);
  } catch (const nn::Utf8Error& error) {
    return {error.offset(), error.line()};
  }
  FAIL("it is UTF-8");
  return {};
}

using Place = std::pair<std::size_t, std::size_t>;

}  // namespace

TEST_CASE("decode_utf8 gives the code points and encode_utf8 the same bytes again") {
  CHECK(nn::decode_utf8("a é 한 😀") == U"a é 한 😀");
  CHECK(nn::decode_utf8("").empty());
  std::u32string every;
  for (char32_t c = 0; c <= 0x10ffff; ++c) {
    if (c < 0xd800 || c > 0xdfff) {
      every.push_back(c);
    }
  }
  CHECK(nn::decode_utf8(nn::encode_utf8(every)) == every);
  const std::string with_zero("a\0한", 5);
  CHECK(nn::encode_utf8(nn::decode_utf8(with_zero)) == with_zero);
}

TEST_CASE("what is not UTF-8 is refused at its first wrong character") {
  CHECK(place_of_error("ab\xff") == Place{2, 1});             // never a byte of UTF-8
  CHECK(place_of_error("한\n\n\x80z") == Place{5, 3});        // continues nothing
  CHECK(place_of_error("a\n\xed\x95") == Place{2, 2});        // cut off at the end
  CHECK(place_of_error("\xed\x95z") == Place{0, 1});          // cut off by a letter
  CHECK(place_of_error("\xc1\x81") == Place{0, 1});           // A in two bytes
  CHECK(place_of_error("\xe0\x81\x81") == Place{0, 1});       // A in three bytes
  CHECK(place_of_error("x\xed\xa0\x80") == Place{1, 1});      // a surrogate
  CHECK(place_of_error("x\xf4\x90\x80\x80") == Place{1, 1});  // above U+10FFFF
  CHECK(place_of_error("\xc7\xd1\xb1\xdb") == Place{0, 1});   // 한글 in EUC-KR
}

TEST_CASE("the error names the text and the byte and its place") {
  CHECK_THROWS_WITH_AS(nn::check_utf8("one\ntwo \xff", "a.txt"), "a.txt is not UTF-8: byte 0xff at offset 8, line 2",
                       nn::Utf8Error);
  CHECK_THROWS_WITH_AS(nn::decode_utf8("\x80"), "the text is not UTF-8: byte 0x80 at offset 0, line 1", nn::Utf8Error);
}

TEST_CASE("encode_utf8 refuses what is not a character") {
  CHECK_THROWS_WITH_AS(nn::encode_utf8(std::u32string{U'a', char32_t{0xd800}}),
                       "encode_utf8: U+D800 at position 1 is not a character", std::invalid_argument);
  CHECK_THROWS_AS(nn::encode_utf8(std::u32string{char32_t{0x110000}}), std::invalid_argument);
}

TEST_CASE("final_consonant reads the final consonant of a syllable") {
  CHECK(nn::final_consonant(U'가') == 0);
  CHECK(nn::final_consonant(U'각') == 1);
  CHECK(nn::final_consonant(U'울') == 8);
  CHECK(nn::final_consonant(U'힣') == 27);
  CHECK(nn::is_hangul_syllable(U'한'));
  CHECK_FALSE(nn::is_hangul_syllable(U'ㄱ'));
  CHECK_FALSE(nn::is_hangul_syllable(U'a'));
}
