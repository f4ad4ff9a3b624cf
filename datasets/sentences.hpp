#pragma once

// Invented English sentences with their Korean translations, by a small grammar of our own. README.md describes it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tensor/random.hpp"

namespace nn {

/// A sentence and its translation.
struct SentencePair {
  std::string english;
  std::string korean;
  bool operator==(const SentencePair&) const = default;
};

/// Pairs for training, and others for testing.
struct SentenceSets {
  std::vector<SentencePair> train;
  std::vector<SentencePair> test;
};

inline constexpr std::size_t min_sentence_words = 3;
inline constexpr std::size_t max_sentence_words = 30;

/// Invents `train` and `test` pairs whose English has 3 to max_words words, at most 30. No two pairs of the two sets
/// have the same English or the same Korean. The numbers of long and of short sentences are as equal as the grammar
/// allows. The same arguments give the same sentences on every platform. Throws std::invalid_argument if max_words is
/// not in [6, 30], or if the grammar does not have that many sentences.
SentenceSets invent_sentences(std::size_t train, std::size_t test, std::uint64_t seed,
                              std::size_t max_words = max_sentence_words);

/// The words and the marks of a sentence: "Sir, I am busy." has the tokens "Sir", ",", "I", "am", "busy" and ".". A
/// mark is one of . , ! ? before or after a word.
std::vector<std::string> tokens_of(std::string_view sentence);

/// The number of words of a sentence, without its marks.
std::size_t word_count(std::string_view sentence);

}  // namespace nn
