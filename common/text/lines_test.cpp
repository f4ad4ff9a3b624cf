#include "text/lines.hpp"

#include <doctest/doctest.h>

namespace {

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("lines_of removes the ends of lines and nothing else") {
  CHECK(nn::lines_of("a\n\n b \n") == Strings{"a", "", " b "});
  CHECK(nn::lines_of("a\n\nb") == Strings{"a", "", "b"});
  CHECK(nn::lines_of("a\r\nb\rc\r\n\r\n") == Strings{"a", "b\rc", ""});
  CHECK(nn::lines_of("\n") == Strings{""});
  CHECK(nn::lines_of("\n\n") == Strings{"", ""});
  CHECK(nn::lines_of("").empty());
  CHECK(nn::lines_of(std::string_view("a\0b\n", 4)) == Strings{std::string("a\0b", 3)});
}

TEST_CASE("fields_of keeps empty fields") {
  CHECK(nn::fields_of("한\t\tb", '\t') == Strings{"한", "", "b"});
  CHECK(nn::fields_of("a\t", '\t') == Strings{"a", ""});
  CHECK(nn::fields_of("", '\t') == Strings{""});
}

TEST_CASE("words_of splits at white space") {
  CHECK(nn::words_of("  I am\ta student. \r\n") == Strings{"I", "am", "a", "student."});
  CHECK(nn::words_of("저는 학생입니다.") == Strings{"저는", "학생입니다."});
  CHECK(nn::words_of(" ").empty());
}
