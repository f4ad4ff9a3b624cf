#include "08_embeddings/vocabulary.hpp"

#include <algorithm>
#include <utility>

#include "08_embeddings/characters.hpp"
#include "text/utf8.hpp"

namespace nn {

// 8.1 Words and their ids

std::vector<std::string> tokenize(std::string_view text) {
  std::vector<std::string> tokens;
  std::u32string word;
  const auto end_word = [&] {
    if (!word.empty()) {
      tokens.push_back(encode_utf8(word));
      word.clear();
    }
  };
  for (const char32_t c : decode_utf8(text)) {
    if (is_white(c) || is_mark(c)) {
      end_word();
      if (is_mark(c)) {
        tokens.push_back(encode_utf8({&c, 1}));
      }
    } else {
      word.push_back(c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c);
    }
  }
  end_word();
  return tokens;
}

Vocabulary Vocabulary::of(std::span<const std::string> tokens, std::size_t min_count, std::size_t max_size) {
  // Count
  std::unordered_map<std::string, std::size_t> counts;
  for (const std::string& token : tokens) {
    ++counts[token];
  }
  std::vector<std::pair<std::string, std::size_t>> sorted;
  for (const auto& [token, count] : counts) {
    if (count >= min_count && !is_special(token)) {
      sorted.emplace_back(token, count);
    }
  }

  // The most frequent first
  std::ranges::sort(sorted, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  const std::size_t room = max_size - std::min(max_size, special_tokens.size());
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < std::min(sorted.size(), room); ++i) {
    kept.push_back(sorted[i].first);
  }
  return Vocabulary(kept);
}

IdVector Vocabulary::encode(std::span<const std::string> tokens) const {
  IdVector ids = IdVector::from_shape({tokens.size()});
  std::ranges::transform(tokens, ids.begin(), [&](const std::string& token) { return id(token); });
  return ids;
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
