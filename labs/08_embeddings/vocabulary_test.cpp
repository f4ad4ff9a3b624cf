#include "08_embeddings/vocabulary.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include "08_embeddings/given_texts.hpp"
#include "testing/testing.hpp"
#include "text/utf8.hpp"

// Task 8.1. How to read a test: `given` draws its input, `observe` compares a result of yours with the reference.

namespace nn {

namespace {

using Strings = std::vector<std::string>;

/// How often token k of `tokens` occurs is a given, between 1 and 4; the text is shuffled.
Strings given_occurrences(const Strings& tokens) {
  const IdVector counts = given("counts less one", ids(tokens.size(), 4));
  Strings text;
  for (std::size_t k = 0; k < tokens.size(); ++k) {
    text.insert(text.end(), counts(k) + 1, tokens[k]);
  }
  Random random = given_random("order");
  random.shuffle(std::span(text));
  return text;
}

/// The tokens of a vocabulary from id 4 on.
std::string words_in(const Vocabulary& vocabulary) {
  Strings words;
  for (Id id = 4; id < vocabulary.size(); ++id) {
    words.push_back(vocabulary.token(id));
  }
  return joined(words);
}

}  // namespace

TEST_SUITE("08_embeddings") {
  TEST_CASE("8.1 tokenize finds words and marks" * points(3)) {
    const Strings parts{"Seoul", "is", "N1", "42", " ", "  ", "\t", "\n", ",", ".", "!", "'", "-"};
    const Strings tokens = tokenize(given_text("parts", 60, parts) + "End");
    observe("tokens", joined(tokens));
    observe("number of tokens", Id{tokens.size()});
    CHECK(joined(tokenize("I am a student.")) == "i|am|a|student|.");
    CHECK(joined(tokenize("Don't!")) == "don|'|t|!");
    CHECK(tokenize("").empty());
    CHECK(tokenize(" \n").empty());
  }

  TEST_CASE("8.1 tokenize keeps characters of other scripts whole" * points(2)) {
    const Strings parts{"저는", "학생", "입니다", "আমি", "ছাত্র",   "é",      "Ö", "😀",
                        "A",    "‘",    "。",     "।",   "\u3000", "\u00a0", " "};
    observe("tokens", joined(tokenize(given_text("parts", 60, parts))));
    CHECK(joined(tokenize("저는 학생입니다.")) == "저는|학생입니다|.");
    CHECK(joined(tokenize("আমি ছাত্র।")) == "আমি|ছাত্র|।");
    CHECK_MESSAGE(tokenize("É") == Strings{"É"}, "only A to Z become small");
  }

  TEST_CASE("8.1 tokenize refuses what is not UTF-8" * points(1)) {
    const std::string text = given_text("parts", 30, {"a", "b", "한", " "});
    observe("tokens", joined(tokenize(text)));
    observe("half a character throws", thrown<Utf8Error>([&] { tokenize(text + "\xed\x95"); }));
    observe("a byte of no character throws", thrown<Utf8Error>([&] { tokenize("\xff" + text); }));
  }

  TEST_CASE("8.1 Vocabulary of a text" * points(3)) {
    // Equal counts occur; 'Z' is before 'a', and Korean is behind both
    const Strings text = given_occurrences({"b", "a", "Z", "저", "ab", "é", ",", "aa", "c", "학생"});
    observe("words by id", words_in(Vocabulary::of(text)));
    observe("words that occur twice", words_in(Vocabulary::of(text, 2)));
    observe("words of 8 ids", words_in(Vocabulary::of(text, 1, 8)));
    observe("size", Id{Vocabulary::of(text, 3).size()});
    CHECK_MESSAGE(Vocabulary::of(text, 1, 2).size() == 4, "the four special tokens are always there");
    CHECK(Vocabulary::of({}).size() == 4);
  }

  TEST_CASE("8.1 Vocabulary does not count special tokens" * points(1)) {
    const Strings text = given_occurrences({"<eos>", "b", "<unk>"});
    const Vocabulary vocabulary = Vocabulary::of(text);
    observe("words by id", words_in(vocabulary));
    observe("ids", vocabulary.encode(text));
  }

  TEST_CASE("8.1 Vocabulary::decode" * points(2)) {
    const Vocabulary vocabulary({"i", "am", "a", "student", "학생"});
    const Strings tokens = given_tokens("tokens", 40, {"i", "am", "a", "student", "학생", "teacher", "I"});
    observe("decoded", joined(vocabulary.decode(vocabulary.encode(tokens))));
    observe("decoded with special tokens", joined(vocabulary.decode(given("ids", ids(40, 9)))));
    observe("id 9 throws", thrown<IdError>([&] { vocabulary.decode({4, 9}); }));
    CHECK(joined(vocabulary.decode({bos_id, 4, unk_id, eos_id, pad_id})) == "i|<unk>");
  }
}

}  // namespace nn
