#include "datasets/sentences.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>
#include <stdexcept>

#include "text/hangul.hpp"
#include "text/utf8.hpp"

namespace {

using nn::SentencePair;
using nn::SentenceSets;
using Strings = std::vector<std::string>;

const SentenceSets& sets() {
  static const SentenceSets invented = nn::invent_sentences(20'000, 2'000, 1);
  return invented;
}

std::vector<SentencePair> all_pairs() {
  std::vector<SentencePair> pairs = sets().train;
  pairs.insert(pairs.end(), sets().test.begin(), sets().test.end());
  return pairs;
}

/// Whether the particle at the end of a Korean word, if it has one, agrees with the syllable before it. `next` is the
/// word that follows.
bool particle_agrees(const std::u32string& word, const std::u32string& next) {
  if (word.size() < 2) {
    return true;
  }
  const char32_t last = word.back();
  const std::size_t final = nn::final_consonant(word[word.size() - 2]);
  constexpr std::size_t rieul = 8;
  if (last == U'을' || last == U'은' || last == U'이' || (last == U'과' && next == U"함께")) {
    return final != 0;
  }
  if (last == U'를' || last == U'는' || last == U'가' || (last == U'와' && next == U"함께")) {
    return final == 0;
  }
  if (last == U'로' && word[word.size() - 2] == U'으') {
    const std::size_t before = nn::final_consonant(word[word.size() - 3]);
    return before != 0 && before != rieul;
  }
  return last != U'로' || final == 0 || final == rieul;
}

bool starts_with_one_of(const std::string& text, const Strings& starts) {
  return std::any_of(starts.begin(), starts.end(), [&](const std::string& start) { return text.starts_with(start); });
}

}  // namespace

TEST_CASE("particles agree with the final consonant before them") {
  CHECK(particle_agrees(U"책을", U""));
  CHECK_FALSE(particle_agrees(U"책를", U""));
  CHECK_FALSE(particle_agrees(U"사과은", U""));
  CHECK_FALSE(particle_agrees(U"서울으로", U""));
  CHECK_FALSE(particle_agrees(U"부산로", U""));
  CHECK_FALSE(particle_agrees(U"동생와", U"함께"));
  for (const SentencePair& pair : all_pairs()) {
    const Strings words = nn::tokens_of(pair.korean);
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string next = i + 1 < words.size() ? words[i + 1] : "";
      CHECK_MESSAGE(particle_agrees(nn::decode_utf8(words[i]), nn::decode_utf8(next)), words[i], " in ", pair.korean);
    }
  }
}

TEST_CASE("the ending of a sentence is that of its listener") {
  for (const SentencePair& pair : all_pairs()) {
    const bool formal = starts_with_one_of(pair.english, {"Sir, ", "Ladies and gentlemen, "});
    const bool casual = starts_with_one_of(pair.english, {"Minjun, ", "Seoyeon, ", "Jiho, ", "Yuna, "});
    CHECK(formal == pair.korean.ends_with("니다."));
    CHECK((!formal && !casual) == pair.korean.ends_with("요."));
    const Strings words = nn::tokens_of(pair.korean);
    const std::set<std::string> known(words.begin(), words.end());
    CHECK_MESSAGE(!(casual && (known.contains("저는") || known.contains("제"))), pair.korean);
    CHECK_MESSAGE(!(!casual && (known.contains("나는") || known.contains("내"))), pair.korean);
  }
}

TEST_CASE("elders are spoken of with respect") {
  for (const SentencePair& pair : all_pairs()) {
    for (const std::string elder : {"어머니", "아버지", "할머니"}) {
      CHECK_MESSAGE(pair.korean.find(elder + "는") == std::string::npos, pair.korean);
      CHECK_MESSAGE(pair.korean.find(elder + "가") == std::string::npos, pair.korean);
    }
    CHECK_MESSAGE(pair.korean.find("씨께서") == std::string::npos, pair.korean);
  }
}

TEST_CASE("no sentence is twice among training and test in either language") {
  std::set<std::string> english;
  std::set<std::string> korean;
  for (const SentencePair& pair : all_pairs()) {
    english.insert(pair.english);
    korean.insert(pair.korean);
  }
  CHECK(sets().train.size() == 20'000);
  CHECK(sets().test.size() == 2'000);
  CHECK(english.size() == 22'000);
  CHECK(korean.size() == 22'000);
}

TEST_CASE("there are sentences of every length from 3 to 30 words and about as many of each from 8") {
  std::vector<std::size_t> trained(31);
  std::vector<std::size_t> tested(31);
  for (const SentencePair& pair : sets().train) {
    ++trained.at(nn::word_count(pair.english));
  }
  for (const SentencePair& pair : sets().test) {
    ++tested.at(nn::word_count(pair.english));
  }
  CHECK(trained[0] + trained[1] + trained[2] + tested[0] + tested[1] + tested[2] == 0);
  for (std::size_t words = 3; words <= 30; ++words) {
    CHECK(trained[words] >= (words < 8 ? 25 : 400));
    CHECK(tested[words] >= (words < 8 ? 1 : 25));
  }
}

TEST_CASE("the seed decides which sentences there are") {
  const SentenceSets few = nn::invent_sentences(30, 10, 7, 12);
  const SentenceSets again = nn::invent_sentences(30, 10, 7, 12);
  CHECK(few.train == again.train);
  CHECK(few.test == again.test);
  CHECK(few.train != nn::invent_sentences(30, 10, 8, 12).train);
  for (const SentencePair& pair : few.train) {
    CHECK(nn::word_count(pair.english) <= 12);
  }
}

TEST_CASE("invent_sentences refuses lengths that the grammar does not have") {
  CHECK_THROWS_WITH_AS(nn::invent_sentences(1, 1, 1, 31), "invent_sentences: max_words is 31, expected 6 to 30",
                       std::invalid_argument);
  CHECK_THROWS_AS(nn::invent_sentences(1, 1, 1, 5), std::invalid_argument);
}

TEST_CASE("tokens_of parts marks from words") {
  CHECK(nn::tokens_of("Sir, I am busy.") == Strings{"Sir", ",", "I", "am", "busy", "."});
  CHECK(nn::tokens_of("저는 세 시에 왔어요.") == Strings{"저는", "세", "시에", "왔어요", "."});
  CHECK(nn::tokens_of("at three o'clock?!") == Strings{"at", "three", "o'clock", "?", "!"});
  CHECK(nn::tokens_of("... 3.5 ,") == Strings{".", ".", ".", "3.5", ","});
  CHECK(nn::tokens_of("").empty());
  CHECK(nn::word_count("Sir, I am busy .") == 4);
}
