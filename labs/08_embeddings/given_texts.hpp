#pragma once

// Texts that the tests of this lab draw, and lists as what can be observed.

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string>
#include <string_view>
#include <vector>

#include "08_embeddings/bpe.hpp"
#include "08_embeddings/embedding.hpp"
#include "testing/testing.hpp"

namespace nn {

/// A text of `size` parts, each drawn from `parts`; its name is that of the given.
inline std::string given_text(std::string_view name, std::size_t size, const std::vector<std::string>& parts) {
  std::string text;
  for (const Id part : given(name, ids(size, parts.size()))) {
    text += parts[part];
  }
  return text;
}

/// The same as a list.
inline std::vector<std::string> given_tokens(std::string_view name, std::size_t size,
                                             const std::vector<std::string>& parts) {
  std::vector<std::string> tokens;
  for (const Id part : given(name, ids(size, parts.size()))) {
    tokens.push_back(parts[part]);
  }
  return tokens;
}

/// Tokens as one text: "a|b|c".
inline std::string joined(const std::vector<std::string>& tokens) { return fmt::format("{}", fmt::join(tokens, "|")); }

/// Bytes as ids, 0 to 255.
inline IdVector bytes_of(std::string_view text) {
  IdVector bytes = IdVector::from_shape({text.size()});
  std::ranges::transform(text, bytes.begin(), [](char c) { return Id{static_cast<unsigned char>(c)}; });
  return bytes;
}

/// Merges as rows: (merges, 2).
inline IdMatrix as_matrix(const std::vector<Merge>& merges) {
  IdMatrix rows = IdMatrix::from_shape({merges.size(), 2});
  for (std::size_t k = 0; k < merges.size(); ++k) {
    rows(k, 0) = merges[k].left;
    rows(k, 1) = merges[k].right;
  }
  return rows;
}

/// The ids of words that were found, and their similarities.
inline IdVector ids_of(const std::vector<Neighbour>& words) {
  IdVector result = IdVector::from_shape({words.size()});
  std::ranges::transform(words, result.begin(), &Neighbour::id);
  return result;
}
inline Vector similarities_of(const std::vector<Neighbour>& words) {
  Vector result = zeros({words.size()});
  std::ranges::transform(words, result.begin(), &Neighbour::similarity);
  return result;
}

}  // namespace nn
