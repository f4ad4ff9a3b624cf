#include "08_embeddings/vocabulary.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "08_embeddings/characters.hpp"
#include "nn/not_implemented.hpp"
#include "text/utf8.hpp"

// Replace each not_implemented() with your code; vocabulary.hpp says what it must do. When everything is written,
// delete the next line: then the compiler warns about every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 8.1 Words and their ids

std::vector<std::string> tokenize(std::string_view text) {
  // Go through the characters of the text, not through its bytes
  // White space ends a word and is no token; a mark ends it and is one
  // Every other character begins a word or goes on with it, small if it is A to Z
  not_implemented();
}

Vocabulary Vocabulary::of(std::span<const std::string> tokens, std::size_t min_count, std::size_t max_size) {
  // Count the tokens
  // Sort them by count, and by their bytes where counts are equal
  // Keep those that occur often enough, are not special, and fit into max_size ids, the four special ones among them
  not_implemented();
}

std::vector<std::string> Vocabulary::decode(const IdVector& ids) const {
  // The token of each, but for three of the special ones
  not_implemented();
}

}  // namespace nn
