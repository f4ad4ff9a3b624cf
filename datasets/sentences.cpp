#include "datasets/sentences.hpp"

#include <fmt/format.h>
#include <span>
#include <stdexcept>
#include <unordered_set>

#include "datasets/sentence_writer.hpp"
#include "text/lines.hpp"

namespace nn {

namespace {

bool is_mark(char c) { return c == '.' || c == ',' || c == '!' || c == '?'; }

}  // namespace

std::vector<std::string> tokens_of(std::string_view sentence) {
  std::vector<std::string> tokens;
  for (const std::string& part : words_of(sentence)) {
    std::size_t begin = 0;
    std::size_t end = part.size();
    for (; begin < end && is_mark(part[begin]); ++begin) {
      tokens.emplace_back(1, part[begin]);
    }
    while (end > begin && is_mark(part[end - 1])) {
      --end;
    }
    if (begin < end) {
      tokens.push_back(part.substr(begin, end - begin));
    }
    for (; end < part.size(); ++end) {
      tokens.emplace_back(1, part[end]);
    }
  }
  return tokens;
}

std::size_t word_count(std::string_view sentence) {
  std::size_t count = 0;
  for (const std::string& token : tokens_of(sentence)) {
    count += token.size() > 1 || !is_mark(token[0]) ? 1 : 0;
  }
  return count;
}

SentenceSets invent_sentences(std::size_t train, std::size_t test, std::uint64_t seed, std::size_t max_words) {
  if (max_words < 6 || max_words > max_sentence_words) {
    throw std::invalid_argument(fmt::format("invent_sentences: max_words is {}, expected 6 to 30", max_words));
  }
  const std::size_t count = train + test;
  const std::size_t lengths = max_words - min_sentence_words + 1;
  const std::size_t quota = count / lengths * 3 / 2 + 10;  // of one length, because there are few short sentences
  Random random(seed);
  std::vector<SentencePair> pairs;
  std::vector<std::size_t> of_length(max_words + 1);
  std::unordered_set<std::string> known;
  constexpr std::size_t patience = 20'000;
  for (std::size_t failures = 0; pairs.size() < count;) {
    if (failures == patience) {
      throw std::invalid_argument(
          fmt::format("invent_sentences: the grammar does not have {} sentences of {} to {} words", count,
                      min_sentence_words, max_words));
    }
    SentencePair pair = words::write_sentence(words::draw_setting(random), random);
    const std::size_t words = word_count(pair.english);
    if (words < min_sentence_words || words > max_words || of_length[words] == quota || known.contains(pair.english) ||
        known.contains(pair.korean)) {
      ++failures;
      continue;
    }
    failures = 0;
    ++of_length[words];
    known.insert(pair.english);
    known.insert(pair.korean);
    pairs.push_back(std::move(pair));
  }

  // Short sentences are used up first: mix before the split
  random.shuffle(std::span(pairs));
  const auto middle = pairs.begin() + static_cast<std::ptrdiff_t>(train);
  return {{pairs.begin(), middle}, {middle, pairs.end()}};
}

}  // namespace nn
