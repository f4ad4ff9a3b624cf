#include "08_embeddings/vocabulary.hpp"

#include <algorithm>
#include <map>
#include <utf8.h>

#include "08_embeddings/characters.hpp"
#include "text/utf8.hpp"

// Words are cut out of the bytes, between the places where they begin and end; a stable sort keeps the order of bytes.

namespace nn {

std::vector<std::string> tokenize(std::string_view text) {
  check_utf8(text);
  std::vector<std::string> tokens;
  const char* word = text.data();  // where the word at hand begins
  const char* const end = text.data() + text.size();
  const auto cut = [&](const char* place) {
    if (word != place) {
      tokens.emplace_back(word, place);
      for (char& c : tokens.back()) {
        c = 'A' <= c && c <= 'Z' ? static_cast<char>(c + 'a' - 'A') : c;
      }
    }
  };
  for (const char* place = word; place != end;) {
    const char* next = place;
    const auto c = static_cast<char32_t>(utf8::unchecked::next(next));
    if (is_mark(c) || is_white(c)) {
      cut(place);
      if (is_mark(c)) {
        tokens.emplace_back(place, next);
      }
      word = next;
    }
    place = next;
  }
  cut(end);
  return tokens;
}

Vocabulary Vocabulary::of(std::span<const std::string> tokens, std::size_t min_count, std::size_t max_size) {
  std::map<std::string, std::size_t> counts;
  for (const std::string& token : tokens) {
    counts[token] += is_special(token) ? 0 : 1;
  }
  std::vector<std::string> words;
  for (const auto& [token, count] : counts) {
    if (count >= std::max(min_count, std::size_t{1})) {
      words.push_back(token);
    }
  }
  std::ranges::stable_sort(words, std::greater<>(), [&](const std::string& word) { return counts[word]; });
  while (!words.empty() && words.size() + special_tokens.size() > max_size) {
    words.pop_back();
  }
  return Vocabulary(words);
}

std::vector<std::string> Vocabulary::decode(const IdVector& ids) const {
  check_ids("Vocabulary::decode", ids, size());
  std::vector<std::string> tokens;
  for (const Id id : ids) {
    if (id > eos_id) {
      tokens.push_back(tokens_[id]);
    }
  }
  return tokens;
}

}  // namespace nn
