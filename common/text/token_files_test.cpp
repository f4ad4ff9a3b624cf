#include "text/token_files.hpp"

#include <doctest/doctest.h>
#include <stdexcept>

#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"
#include "text/utf8.hpp"

namespace {

using Tokens = std::vector<std::string>;

/// What reading a file with this text as merges says is wrong, without the folder.
std::string fault_of_merges(const std::string& text) {
  const nn::ScratchFolder scratch;
  nn::write_whole(scratch.path() / "merges.txt", text);
  try {
    nn::read_merges(scratch.path() / "merges.txt");
  } catch (const std::runtime_error& error) {
    return std::string(error.what()).substr(scratch.path().string().size() + 1);
  }
  return "nothing";
}

std::string fault_of_tokens(const std::string& text) {
  const nn::ScratchFolder scratch;
  nn::write_whole(scratch.path() / "vocab.txt", text);
  try {
    nn::read_token_lines(scratch.path() / "vocab.txt");
  } catch (const std::runtime_error& error) {
    return std::string(error.what()).substr(scratch.path().string().size() + 1);
  }
  return "nothing";
}

}  // namespace

TEST_SUITE("token files") {
  TEST_CASE("tokens that are written are read, one a line") {
    const nn::ScratchFolder scratch;
    const Tokens tokens{"<pad>", "a", "학생", "ছাত্র", "😀", "two words"};
    nn::write_token_lines(scratch.path() / "vocab.txt", tokens);
    CHECK(nn::read_whole(scratch.path() / "vocab.txt") == "<pad>\na\n학생\nছাত্র\n😀\ntwo words\n");
    CHECK(nn::read_token_lines(scratch.path() / "vocab.txt") == tokens);
    nn::write_token_lines(scratch.path() / "none.txt", {});
    CHECK(nn::read_token_lines(scratch.path() / "none.txt").empty());
  }

  TEST_CASE("a file of tokens is refused with the line that is wrong") {
    CHECK(fault_of_tokens("a\n\nb\n") == "vocab.txt, line 2: the line is empty, expected a token");
    CHECK(fault_of_tokens("a\nb\na\n") == "vocab.txt, line 3: token 'a' is in line 1 already");
    CHECK(fault_of_tokens("a\n\xff\n") == "vocab.txt is not UTF-8: byte 0xff at offset 2, line 2");
    CHECK(fault_of_tokens("a\r\nb") == "nothing");
  }

  TEST_CASE("tokens that could not be read again are not written") {
    const nn::ScratchFolder scratch;
    for (const Tokens& tokens :
         {Tokens{"a", ""}, Tokens{"a\nb"}, Tokens{"a\r"}, Tokens{"a", "a"}, Tokens{"\xed\x95"}}) {
      CHECK_THROWS_AS(nn::write_token_lines(scratch.path() / "vocab.txt", tokens), std::invalid_argument);
      CHECK_FALSE(std::filesystem::exists(scratch.path() / "vocab.txt"));
    }
  }

  TEST_CASE("every byte has a visible character, those of GPT-2") {
    CHECK(nn::visible_bytes(" a\n") == "ĠaĊ");
    CHECK(nn::visible_bytes("저") == "ìłĢ");
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
      bytes.push_back(static_cast<char>(byte));
    }
    CHECK(nn::bytes_of_visible(nn::visible_bytes(bytes)) == bytes);
    CHECK_THROWS_WITH_AS(nn::bytes_of_visible("a학"), "the character 학 (U+D559) stands for no byte",
                         std::invalid_argument);
  }

  TEST_CASE("merges that are written are read, with the first line of GPT-2's files") {
    const nn::ScratchFolder scratch;
    const std::vector<nn::TokenPair> merges{{" ", "t"}, {"h", "e"}, {" t", "he"}, {"\xec", "\xa0"}};
    nn::write_merges(scratch.path() / "merges.txt", merges);
    CHECK(nn::read_whole(scratch.path() / "merges.txt") == "#version: 0.2\nĠ t\nh e\nĠt he\nì ł\n");
    CHECK(nn::read_merges(scratch.path() / "merges.txt") == merges);
  }

  TEST_CASE("a file of merges is refused with the line that is wrong") {
    CHECK(fault_of_merges("") == "merges.txt, line 1: expected a line that begins with #version:");
    CHECK(fault_of_merges("h e\n") == "merges.txt, line 1: expected a line that begins with #version:");
    CHECK(fault_of_merges("#version: 0.2\nh e\nhe\n") ==
          "merges.txt, line 3: expected two tokens with a space between, got 'he'");
    CHECK(fault_of_merges("#version: 0.2\nh e r\n") ==
          "merges.txt, line 2: expected two tokens with a space between, got 'h e r'");
    CHECK(fault_of_merges("#version: 0.2\n\n") ==
          "merges.txt, line 2: expected two tokens with a space between, got ''");
    CHECK(fault_of_merges("#version: 0.2\nh 학\n") ==
          "merges.txt, line 2: the character 학 (U+D559) stands for no byte");
    CHECK(fault_of_merges("#version: 0.2\nh e\na b\nh e\n") ==
          "merges.txt, line 4: the merge 'h e' is in line 2 already");
    CHECK(fault_of_merges("#version: 0.2\nh e\n") == "nothing");
  }

  TEST_CASE("merges that could not be read again are not written") {
    const nn::ScratchFolder scratch;
    for (const std::vector<nn::TokenPair>& merges :
         {std::vector<nn::TokenPair>{{"a", ""}}, std::vector<nn::TokenPair>{{"a", "b"}, {"a", "b"}}}) {
      CHECK_THROWS_AS(nn::write_merges(scratch.path() / "merges.txt", merges), std::invalid_argument);
      CHECK_FALSE(std::filesystem::exists(scratch.path() / "merges.txt"));
    }
  }
}
