#include "08_embeddings/bpe.hpp"

#include <numeric>
#include <string>
#include <vector>

#include "08_embeddings/given_texts.hpp"
#include "08_embeddings/pieces.hpp"
#include "testing/testing.hpp"

// Tasks 8.2 and 8.3; vocabulary_test.cpp says how to read a test.

namespace nn {

namespace {

/// Merges that are learned from a text of a few syllables, and that encode a text of the same syllables.
const std::vector<std::string> syllables{"la", "na", "lan", "an", "al", "n", " ", " "};

constexpr Id byte(char c) { return first_byte_id + static_cast<unsigned char>(c); }

/// The numbers below `size` in any order.
auto permutation(std::size_t size) {
  return [size](Random& random) {
    IdVector x = IdVector::from_shape({size});
    std::iota(x.begin(), x.end(), Id{0});
    random.shuffle(std::span(x.data(), x.size()));
    return x;
  };
}

/// All nine pairs of a, b and c in any order, and then up to `count` pairs of what was merged before.
std::vector<Merge> given_merges(std::size_t count) {
  std::vector<Merge> merges;
  for (const Id pair : given("order of pairs", permutation(9))) {
    merges.push_back({byte('a') + pair / 3, byte('a') + pair % 3});
  }
  const IdMatrix drawn = given("merges", ids({count, 2}, 9));
  for (std::size_t k = 0; k < count; ++k) {
    const Merge merge{first_merge_id + drawn(k, 0), first_merge_id + drawn(k, 1)};
    if (std::ranges::find(merges, merge) == merges.end()) {
      merges.push_back(merge);
    }
  }
  return merges;
}

}  // namespace

TEST_SUITE("08_embeddings") {
  TEST_CASE("8.2 merge_pair" * points(3)) {
    const IdVector drawn = given("tokens", ids(60, 3));
    const std::vector<Id> tokens(drawn.begin(), drawn.end());
    observe("two different tokens", id_vector(merge_pair(tokens, {0, 1}, 9)));
    observe("the same token twice", id_vector(merge_pair(tokens, {2, 2}, 9)));
    observe("the new token is one of the two", id_vector(merge_pair(tokens, {1, 0}, 1)));
    CHECK(merge_pair(std::vector<Id>{5, 5, 5}, {5, 5}, 9) == std::vector<Id>{9, 5});
    CHECK(merge_pair(std::vector<Id>{}, {5, 5}, 9).empty());
  }

  TEST_CASE("8.2 learn_merges" * points(5)) {
    std::string text = given_text("text", 300, syllables);
    for (std::size_t i = 0; i < 40; ++i) {
      text += " xyxy";  // a frequent word with pairs of its own
    }
    observe("merges", as_matrix(learn_merges(text, 10)));
    observe("one merge", as_matrix(learn_merges(text, 1)));
    const std::vector<Merge> low{{byte('l'), byte('o')}, {first_merge_id, byte('w')}};
    CHECK_MESSAGE(learn_merges("low lower lowest", 2) == low, "lo, and then low");
    const std::vector<Merge> handout{
        {byte('u'), byte('g')}, {byte('h'), 260}, {byte('u'), byte('n')}, {byte('b'), 262}, {byte('p'), 260}};
    CHECK_MESSAGE(learn_merges("hug\nhug\nhug\npug\npug\npun\nbun\nbun", 100) == handout, "the example of the handout");
    CHECK(learn_merges("low low", 0).empty());
  }

  TEST_CASE("8.2 learn_merges settles equal counts by ids" * points(4)) {
    // Words of two different letters, each three times: all pairs are equally frequent
    const IdVector order = given("order", permutation(6));
    const std::string letters = "MONKEY";
    std::string text;
    for (std::size_t k = 0; k < 18; ++k) {
      const Id first = order(k % 6);
      text += std::string{letters[first], letters[order((k + 1) % 6)], '\n'};
    }
    observe("merges", as_matrix(learn_merges(text, 6)));
  }

  TEST_CASE("8.2 learn_merges keeps its counts right" * points(4)) {
    // Until no pair occurs twice; runs of the same letter, Korean, and pieces that several merges change
    const std::string text = given_text("text", 200, {"a", "aa", "ab", "ba", "학", "학생", "생", " ", "12", "!?"});
    const std::vector<Merge> merges = learn_merges(text, 1000);
    observe("merges", as_matrix(merges));
    observe("number of merges", Id{merges.size()});
  }

  TEST_CASE("8.2 learn_merges stops when no pair occurs twice" * points(2)) {
    const std::string text = given_text("text", 12, {"q", "w", "e", "r", " "});
    observe("merges", as_matrix(learn_merges(text + " zxcv zxcv q q q", 100)));
    CHECK(learn_merges("abcd", 100).empty());
    CHECK(learn_merges("", 100).empty());
    CHECK_MESSAGE(learn_merges("a b a b a b", 100).size() == 2, "' a' and ' b'; no token has a space inside");
  }

  TEST_CASE("8.3 encode_piece merges what was learned first" * points(5)) {
    const BytePairEncoding encoding(given_merges(30));
    const std::string text = given_text("text", 60, {"a", "b", "c"});
    observe("ids", id_vector(encoding.encode_piece(text)));
    observe("ids of its beginning", id_vector(encoding.encode_piece(text.substr(0, 9))));

    // Merge 0 is "bc", merge 1 "ab": "abc" is "a" "bc", although "ab" comes first in it
    const BytePairEncoding example({{byte('b'), byte('c')}, {byte('a'), byte('b')}});
    const std::vector<Id> right_first{byte('a'), first_merge_id};
    CHECK_MESSAGE(example.encode_piece("abc") == right_first, "abc is a and bc");
    CHECK(example.encode_piece("").empty());
  }

  TEST_CASE("8.3 encode goes piece by piece" * points(4)) {
    const std::string text = given_text("text", 200, syllables);
    // Two merges that no piece has inside, and then learned ones
    std::vector<Merge> merges{{byte('n'), byte(' ')}, {byte('a'), byte(' ')}};
    for (const auto& [left, right] : learn_merges(text + text, 40)) {
      merges.push_back({left + (left < first_merge_id ? 0 : 2), right + (right < first_merge_id ? 0 : 2)});
    }
    const BytePairEncoding encoding(merges);
    const std::string other = given_text("other text", 50, {"la", "na", "an ", " al", "\n", "7", "12", "  ", "é"});
    observe("ids", encoding.encode(other));
    observe("ids of the training text", encoding.encode(text));
    CHECK(encoding.encode("").size() == 0);
  }

  TEST_CASE("8.3 any bytes survive" * points(5)) {
    const IdVector drawn = given("bytes", ids(400, 256));
    std::string text;
    for (const Id id : drawn) {
      text += static_cast<char>(id);
    }
    text[17] = '\0';
    const BytePairEncoding encoding(given_merges(8));
    const IdVector encoded = encoding.encode(text);
    observe("ids", encoded);
    observe("decoded", bytes_of(encoding.decode(encoded)));
    observe("decoded from its middle", bytes_of(encoding.decode(xt::view(encoded, xt::range(101, 121)))));
    for (const std::string& fixed : {std::string(), std::string("\n\n \n"), std::string("저는 학생입니다"),
                                     std::string("আমি ছাত্র।"), std::string("😀\xff\xed\x95"), std::string(3, '\0')}) {
      CHECK(encoding.decode(encoding.encode(fixed)) == fixed);
    }
  }

  TEST_CASE("8.3 decode joins bytes" * points(3)) {
    const BytePairEncoding encoding(given_merges(20));
    const IdVector drawn = given("ids", ids(30, 260));
    IdVector merged = drawn;
    for (Id& id : merged) {
      id = id % 7 == 0 ? first_merge_id + id % (encoding.vocab_size() - first_merge_id) : id;
    }
    merged(0) = first_byte_id;
    observe("bytes", bytes_of(encoding.decode(merged)));
    observe("an id that is too large throws", thrown<IdError>([&] { encoding.decode({encoding.vocab_size()}); }));
    CHECK_MESSAGE(encoding.decode({bos_id, byte('h'), byte('i'), eos_id}) == "hi", "special tokens have no bytes");
  }
}

}  // namespace nn
