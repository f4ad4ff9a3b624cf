#include "datasets/characters.hpp"

#include <doctest/doctest.h>
#include <stdexcept>

#include "tensor/shape.hpp"

namespace nn {

TEST_CASE("a set of characters numbers each character once, in the order of the codes") {
  const CharacterSet characters("banana\n");
  CHECK(characters.size() == 4);
  CHECK(characters.encode("\nabn") == IdVector({0, 1, 2, 3}));
  CHECK(characters.decode({2, 1, 3}) == "ban");
  CHECK(characters.decode(characters.encode("")).empty());
  const CharacterSet bytes("\xC3\xA4z");
  CHECK(bytes.encode("z\xA4\xC3") == IdVector({0, 1, 2}));
}

TEST_CASE("a character that is not in the set is refused with its place and its code") {
  const CharacterSet characters("ab");
  CHECK_THROWS_WITH_AS(characters.encode("abc"),
                       "CharacterSet::encode: character 2 of the text has the code 99, which is not in the set",
                       IdError);
  CHECK_THROWS_AS(characters.decode({2}), IdError);
}

TEST_CASE("words begin and end with character 0, and are padded with it") {
  const CharacterSet characters("\nabc");
  const std::vector<std::string> words{"ab", "c"};
  const CharacterBatch batch = batch_of_words(words, characters);
  CHECK(batch.inputs == IdMatrix({{0, 0}, {1, 3}, {2, 0}}));
  CHECK(batch.targets == IdMatrix({{1, 3}, {2, 0}, {0, 0}}));
  CHECK(batch.lengths == IdVector({3, 2}));
  CHECK_THROWS_AS(batch_of_words({}, characters), std::invalid_argument);
}

TEST_CASE("every row of a window of text continues the same row of the window before") {
  IdVector text = IdVector::from_shape({23});
  for (std::size_t i = 0; i < text.size(); ++i) {
    text(i) = i;
  }
  const TextWindows windows(text, 3, 4);
  REQUIRE(windows.size() == 2);
  CHECK(windows[0].inputs == IdMatrix({{0, 7, 14}, {1, 8, 15}, {2, 9, 16}, {3, 10, 17}}));
  CHECK(windows[0].targets == IdMatrix({{1, 8, 15}, {2, 9, 16}, {3, 10, 17}, {4, 11, 18}}));
  CHECK(windows[0].lengths == IdVector({4, 4, 4}));
  CHECK(windows[1].inputs == IdMatrix({{4, 11, 18}, {5, 12, 19}, {6, 13, 20}}));
  CHECK(windows[1].targets == IdMatrix({{5, 12, 19}, {6, 13, 20}, {7, 14, 21}}));
  CHECK(windows[1].lengths == IdVector({3, 3, 3}));
}

TEST_CASE("windows of a text that is too short, or without rows or steps, are refused") {
  const IdVector text = {1, 2, 3};
  CHECK(TextWindows(text, 2, 9).size() == 1);
  CHECK_THROWS_AS(TextWindows(text, 3, 1), std::invalid_argument);
  CHECK_THROWS_AS(TextWindows(text, 0, 1), std::invalid_argument);
  CHECK_THROWS_AS(TextWindows(text, 1, 0), std::invalid_argument);
  CHECK_THROWS_AS(TextWindows({}, 1, 1), std::invalid_argument);
}

}  // namespace nn
