#include "08_embeddings/vocabulary.hpp"

#include <functional>
#include <map>
#include <set>

#include "08_embeddings/characters.hpp"
#include "text/lines.hpp"
#include "text/utf8.hpp"

// Marks are set apart by white space first, and then the text is cut there; counts are sorted by a map.

namespace nn {

std::vector<std::string> tokenize(std::string_view text) {
  std::u32string spaced;
  for (char32_t c : decode_utf8(text)) {
    if (is_white(c)) {
      spaced += U' ';
    } else if (is_mark(c)) {
      spaced += {U' ', c, U' '};
    } else {
      spaced += U'A' <= c && c <= U'Z' ? c + 32 : c;
    }
  }
  return words_of(encode_utf8(spaced));
}

Vocabulary Vocabulary::of(std::span<const std::string> tokens, std::size_t min_count, std::size_t max_size) {
  const std::multiset<std::string> all(tokens.begin(), tokens.end());
  std::multimap<std::size_t, std::string, std::greater<>> by_count;  // equal counts keep the order of the tokens
  for (auto token = all.begin(); token != all.end(); token = all.upper_bound(*token)) {
    by_count.emplace(all.count(*token), *token);
  }
  std::vector<std::string> kept;
  for (const auto& [count, token] : by_count) {
    if (count >= min_count && kept.size() + 4 < max_size && !is_special(token)) {
      kept.push_back(token);
    }
  }
  return Vocabulary(kept);
}

std::vector<std::string> Vocabulary::decode(const IdVector& ids) const {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string& word = token(ids(i));
    if (ids(i) >= unk_id) {
      tokens.push_back(word);
    }
  }
  return tokens;
}

}  // namespace nn
