#pragma once

// Lab 08, task 8.1: a text as words, and words as ids. README.md explains; you write the bodies in vocabulary.cpp.

#include <algorithm>
#include <array>
#include <cstddef>
#include <fmt/format.h>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tensor/shape.hpp"
#include "tensor/tensor.hpp"
#include "text/special_ids.hpp"

namespace nn {

// 8.1 Words and their ids

/// The words and marks of a text, in order. White space and marks, as is_white and is_mark of characters.hpp tell them,
/// end a word; each mark is a token of its own, white space is none. Capital letters A to Z become small; other
/// characters stay as they are. "Hello, 학생 42!" has the tokens "hello" "," "학생" "42" "!". Throws Utf8Error if the
/// text is not UTF-8.
std::vector<std::string> tokenize(std::string_view text);

/// The tokens of ids 0 to 3, which text/special_ids.hpp names.
inline const std::array<std::string, 4> special_tokens{"<pad>", "<bos>", "<eos>", "<unk>"};

inline bool is_special(const std::string& token) {
  return std::ranges::find(special_tokens, token) != special_tokens.end();
}

/// Tokens with an id each; the four special ones come first. All but of and decode is given.
class Vocabulary {
 public:
  static constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

  /// Tokens in the order of their ids, from 4 on. Throws std::invalid_argument, which names the token, if one is empty,
  /// occurs twice, or is one of the four special ones.
  explicit Vocabulary(const std::vector<std::string>& tokens) : tokens_(special_tokens.begin(), special_tokens.end()) {
    tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
    for (Id id = 0; id < tokens_.size(); ++id) {
      if (tokens_[id].empty() || !ids_.emplace(tokens_[id], id).second) {
        throw std::invalid_argument(
            fmt::format("Vocabulary: token '{}', of id {}, is empty, special or there already", tokens_[id], id));
      }
    }
  }

  /// The vocabulary of a text that consists of these tokens: those that occur at least min_count times, the most
  /// frequent first; of equally frequent ones, the one whose bytes come first in the order of std::string. At most
  /// max_size ids, with the special ones; the last ones are left out. Special tokens in the text are not counted.
  static Vocabulary of(std::span<const std::string> tokens, std::size_t min_count = 1, std::size_t max_size = no_limit);

  std::size_t size() const { return tokens_.size(); }

  /// The token's id, unk_id if it has none.
  Id id(const std::string& token) const {
    const auto found = ids_.find(token);
    return found == ids_.end() ? unk_id : found->second;
  }

  /// Throws IdError if the id is not below size().
  const std::string& token(Id id) const {
    if (id >= size()) {
      throw IdError(fmt::format("Vocabulary::token: id {} is not below {}", id, size()));
    }
    return tokens_[id];
  }

  /// The id of each token: (tokens).
  IdVector encode(std::span<const std::string> tokens) const {
    IdVector ids = IdVector::from_shape({tokens.size()});
    std::ranges::transform(tokens, ids.begin(), [this](const std::string& token) { return id(token); });
    return ids;
  }

  /// The token of each id: (tokens), "<unk>" for unk_id; pad_id, bos_id and eos_id are left out. Throws IdError if an
  /// id is not below size().
  std::vector<std::string> decode(const IdVector& ids) const;

 private:
  std::vector<std::string> tokens_;  // by id
  std::unordered_map<std::string, Id> ids_;
};

}  // namespace nn
