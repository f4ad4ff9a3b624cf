#include "text/word_vectors.hpp"

#include <doctest/doctest.h>
#include <limits>
#include <stdexcept>

#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"
#include "tensor/shape.hpp"

namespace {

/// What reading a file with this text says is wrong, without the folder.
std::string fault_of_vectors(const std::string& text) {
  const nn::ScratchFolder scratch;
  nn::write_whole(scratch.path() / "vectors.txt", text);
  try {
    nn::read_word_vectors(scratch.path() / "vectors.txt");
  } catch (const std::runtime_error& error) {
    return std::string(error.what()).substr(scratch.path().string().size() + 1);
  }
  return "nothing";
}

}  // namespace

TEST_SUITE("word vectors") {
  TEST_CASE("vectors that are written are read, number for number") {
    const nn::ScratchFolder scratch;
    const std::vector<std::string> words{"a", "학생", "ছাত্র"};
    const nn::Matrix vectors{{1, -0.1}, {1e-30, 3.14159265358979}, {0, 12345678}};
    nn::write_word_vectors(scratch.path() / "vectors.txt", words, vectors);
    const nn::WordVectors read = nn::read_word_vectors(scratch.path() / "vectors.txt");
    CHECK(read.words == words);
    CHECK(read.vectors == vectors);
  }

  TEST_CASE("the file begins with the numbers of words and features") {
    const nn::ScratchFolder scratch;
    nn::write_word_vectors(scratch.path() / "vectors.txt", std::vector<std::string>{"a", "b"},
                           {{1, 2, 3}, {4, 5, 6.5}});
    CHECK(nn::read_whole(scratch.path() / "vectors.txt") == "2 3\na 1 2 3\nb 4 5 6.5\n");
  }

  TEST_CASE("spaces at the ends of lines, as word2vec writes them, are no part of a number") {
    const nn::ScratchFolder scratch;
    nn::write_whole(scratch.path() / "vectors.txt", "1 2\na 1.5 -2e-1 \n");
    CHECK(nn::read_word_vectors(scratch.path() / "vectors.txt").vectors == nn::Matrix{{1.5, -0.2}});
  }

  TEST_CASE("a file of vectors is refused with the line that is wrong") {
    const std::string head = "vectors.txt, line 1: expected the number of words and the number of features";
    CHECK(fault_of_vectors("") == head);
    CHECK(fault_of_vectors("a 1 2\n") == head);
    CHECK(fault_of_vectors("2 -2\n") == head);
    CHECK(fault_of_vectors("2 2\na 1 2\n") == "vectors.txt, line 1: 2 words are announced, but there are lines for 1");
    CHECK(fault_of_vectors("1 2\na 1 2\nb 1 2\n") ==
          "vectors.txt, line 1: 1 words are announced, but there are lines for 2");
    CHECK(fault_of_vectors("2 2\na 1 2\nb 1\n") == "vectors.txt, line 3: expected a word and 2 numbers, got 2 parts");
    CHECK(fault_of_vectors("1 2\na 1 2 3\n") == "vectors.txt, line 2: expected a word and 2 numbers, got 4 parts");
    CHECK(fault_of_vectors("1 2\na 1 x\n") == "vectors.txt, line 2: 'x' is not a finite number");
    CHECK(fault_of_vectors("1 2\na 1 nan\n") == "vectors.txt, line 2: 'nan' is not a finite number");
    CHECK(fault_of_vectors("1 2\na inf 1\n") == "vectors.txt, line 2: 'inf' is not a finite number");
    CHECK(fault_of_vectors("2 1\na 1\na 2\n") == "vectors.txt, line 3: the word 'a' is in line 2 already");
    CHECK(fault_of_vectors("99999999999 1\na 1\n") ==
          "vectors.txt, line 1: 99999999999 words are announced, but there are lines for 1");
  }

  TEST_CASE("vectors that could not be read again are not written") {
    const nn::ScratchFolder scratch;
    const auto path = scratch.path() / "vectors.txt";
    const auto write = [&](const std::vector<std::string>& words, const nn::Matrix& vectors) {
      nn::write_word_vectors(path, words, vectors);
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(write({"a"}, nn::zeros({2, 3})), nn::ShapeError);
    CHECK_THROWS_AS(write({"a b", "c"}, nn::zeros({2, 3})), std::invalid_argument);
    CHECK_THROWS_AS(write({"a", "a"}, nn::zeros({2, 3})), std::invalid_argument);
    CHECK_THROWS_AS(write({"a", ""}, nn::zeros({2, 3})), std::invalid_argument);
    CHECK_THROWS_AS(write({"a"}, nn::Matrix{{nan}}), std::invalid_argument);
    CHECK_FALSE(std::filesystem::exists(path));
  }
}
