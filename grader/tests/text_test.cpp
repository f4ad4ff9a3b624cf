#include "system/text.hpp"

#include <doctest/doctest.h>

#include "system/terminal.hpp"

TEST_SUITE("text") {
  TEST_CASE("contains finds a part anywhere in a text, and the empty part in every text") {
    CHECK(grader::contains("words", "or"));
    CHECK(grader::contains("words", "words"));
    CHECK(grader::contains("", ""));
    CHECK_FALSE(grader::contains("words", "rod"));
    CHECK_FALSE(grader::contains("", "w"));
  }

  TEST_CASE("inert text keeps words of every language and loses control characters") {
    CHECK(grader::inert("a\tb\nc \xED\x95\x9C \xC3\xA9 \xF0\x9F\x98\x80", 100) ==
          "a\tb\nc \xED\x95\x9C \xC3\xA9 \xF0\x9F\x98\x80");
    CHECK(grader::inert(std::string("\x1b[31mred\r\a\0", 11), 100) == "?[31mred???");
    CHECK(grader::inert("\xC2\x9B"
                        "31m \xE2\x80\xAE"
                        "evil",
                        100) == "?31m \\u{202E}evil");
  }

  TEST_CASE("inert text has nothing that XML and HTML forbid, and shows marks that change how it reads as codes") {
    CHECK(grader::inert("a\uFFFE\uFFFF\uFDD0\U0001FFFFb", 100) == "a????b");
    CHECK(grader::inert("\u2066x\u2069 \uFEFF \u00AD \u2028 \u200B \U000E0041", 100) ==
          "\\u{2066}x\\u{2069} \\u{FEFF} \\u{AD} \\u{2028} \\u{200B} \\u{E0041}");
    CHECK(grader::inert("\u0995\u09CD\u200D\u09B7\u200C", 100) == "\u0995\u09CD\u200D\u09B7\u200C");  // Bengali
    CHECK(grader::inert(grader::inert("\u202E", 100), 100) == "\\u{202E}");
  }

  TEST_CASE("a name is the same in every form of Unicode, and looks like those that people take for it") {
    CHECK(grader::composed("\u1100\u1175\u11b7") == "\uae40");
    CHECK(grader::composed("\xff") == "\xff");
    for (const char* name : {"Kim", "\uff2b\uff49\uff4d", "k\u200bim", "\u202ekim", "KIM"}) {
      CHECK(grader::look_of(name) == "kim");
    }
    CHECK(grader::look_of("kim1") != grader::look_of("kim"));
    CHECK(grader::visible("k\u200bi\u202em\n\xff\u3164") == "k?i?m???");
  }

  TEST_CASE("columns are those of a terminal: two for Korean and emoji, none for an accent of its own") {
    CHECK(grader::display_width("kim") == 3);
    CHECK(grader::display_width("김민수") == 6);
    CHECK(grader::display_width("😀") == 2);
    CHECK(grader::display_width("e\xCC\x81") == 1);
    CHECK(grader::display_width("\xff") == 1);
  }

  TEST_CASE("a fitted text has as many columns as asked, however wide and long it is") {
    CHECK(grader::fitted("김민수", 8) == "김민수  ");
    CHECK(grader::fitted("김민수", 6) == "김민수");
    CHECK(grader::fitted("김민수", 5) == "김민…");
    CHECK(grader::fitted("김민수", 4) == "김… ");
    CHECK(grader::fitted("", 2) == "  ");
    for (const char* text : {"a long name of a student", "😀😀😀😀😀😀", "\xff\xff\xff\xff\xff\xff\xff\xff\xff"}) {
      CHECK(grader::display_width(grader::fitted(text, 7)) == 7);
    }
  }

  TEST_CASE("broken UTF-8 becomes question marks, byte by byte") {
    CHECK(grader::inert("\xFF\xC0\xAF\xED\xA0\x80\xF5", 100) == "???????");
    CHECK(grader::inert("ok \xE2\x82", 100) == "ok ??");
  }

  TEST_CASE("long text is cut between characters and says so") {
    CHECK(grader::inert("abcdef", 3) == "abc...");
    CHECK(grader::inert("abc", 3) == "abc");
    CHECK(grader::inert("\xED\x95\x9C\xED\x95\x9C", 2) == "\xED\x95\x9C...");
  }

  TEST_CASE("a code block cannot be left from inside") {
    CHECK(grader::code_block("a ``` b", 100) == "````\na ``` b\n````\n");
    CHECK(grader::code_block("", 100) == "```\n\n```\n");
  }
}
