#include "08_embeddings/bpe.hpp"

#include <optional>
#include <unordered_map>

#include "nn/not_implemented.hpp"

// Replace each not_implemented() with your code; bpe.hpp says what it must do. When everything is written, delete the
// next line: then the compiler warns about every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 8.2 Learning merges

std::vector<Id> merge_pair(std::span<const Id> ids, const Merge& pair, Id id) {
  // Go through the tokens; where the pair begins, write id and go on behind the pair
  not_implemented();
}

std::vector<Merge> learn_merges(std::string_view text, std::size_t count) {
  // Count the pairs of all counted_words, each as often as its word occurs
  // Until there are `count` merges or no pair occurs twice:
  //   take the most frequent pair
  //   in every word that has it: count all its pairs off, merge, and count the new pairs
  not_implemented();
}

// 8.3 Encoding and decoding

std::vector<Id> BytePairEncoding::encode_piece(std::string_view piece) const {
  // Start with bytes
  // Among the pairs of neighbours that can be merged, find the one that was learned first
  // Merge it everywhere; go on until there is none
  not_implemented();
}

IdVector BytePairEncoding::encode(std::string_view text) const {
  // Encode each different piece once, and remember its ids
  not_implemented();
}

std::string BytePairEncoding::decode(const IdVector& ids) const {
  // Join the bytes of the tokens
  not_implemented();
}

}  // namespace nn
