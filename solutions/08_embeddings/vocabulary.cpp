#include "08_embeddings/vocabulary.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "08_embeddings/characters.hpp"
#include "text/utf8.hpp"

namespace nn {

// 8.1 Words and their ids

std::vector<std::string> tokenize(std::string_view text) {
  std::vector<std::string> tokens;
  bool in_word = false;
  for (char32_t c : decode_utf8(text)) {
    if (is_white(c)) {
      in_word = false;
      continue;
    }
    // A mark, and the first character of a word, begin a new token
    if (is_mark(c) || !in_word) {
      tokens.emplace_back();
    }
    in_word = !is_mark(c);
    c = c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c;
    tokens.back() += encode_utf8({&c, 1});
  }
  return tokens;
}

Vocabulary Vocabulary::of(std::span<const std::string> tokens, std::size_t min_count, std::size_t max_size) {
  // Count; the map is in the order of bytes
  std::map<std::string, std::size_t> counts;
  for (const std::string& token : tokens) {
    ++counts[token];
  }

  // The most frequent first; a stable sort leaves equal counts in the order of the map
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) { return a.second > b.second; });

  // Keep what has a place
  std::vector<std::string> kept;
  for (const auto& [token, count] : sorted) {
    if (count >= min_count && !is_special(token) && special_tokens.size() + kept.size() < max_size) {
      kept.push_back(token);
    }
  }
  return Vocabulary(kept);
}

std::vector<std::string> Vocabulary::decode(const IdVector& ids) const {
  std::vector<std::string> tokens;
  for (const Id id : ids) {
    const std::string& text = token(id);
    if (id != pad_id && id != bos_id && id != eos_id) {
      tokens.push_back(text);
    }
  }
  return tokens;
}

}  // namespace nn
