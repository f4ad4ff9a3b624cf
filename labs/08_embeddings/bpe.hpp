#pragma once

// Lab 08, tasks 8.2 and 8.3: byte-pair encoding. A text becomes tokens between letters and words in length, and no text
// is unknown. README.md explains; you write the bodies in bpe.cpp.
//
// Ids 0 to 3 are the special ones of text/special_ids.hpp, ids 4 to 259 are the bytes 0 to 255, and id 260 + k is what
// merge k makes of two tokens. A text is any sequence of bytes, UTF-8 or not. It is first cut into pieces, by pieces_of
// of pieces.hpp, and a token never reaches from one piece into the next.

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "08_embeddings/id_vector.hpp"
#include "08_embeddings/pair_counts.hpp"
#include "08_embeddings/pieces.hpp"
#include "tensor/shape.hpp"
#include "tensor/tensor.hpp"
#include "text/special_ids.hpp"

namespace nn {

inline constexpr Id first_byte_id = 4;
inline constexpr Id first_merge_id = first_byte_id + 256;

/// The ids of the bytes of a text.
inline std::vector<Id> byte_ids(std::string_view text) {
  std::vector<Id> ids;
  for (const char c : text) {
    ids.push_back(first_byte_id + static_cast<unsigned char>(c));
  }
  return ids;
}

/// A piece as bytes, and how often it occurs in a text.
struct CountedWord {
  std::vector<Id> ids;
  std::size_t times;
};

/// All different pieces of a text, in the order in which they first occur.
inline std::vector<CountedWord> counted_words(std::string_view text) {
  std::unordered_map<std::string_view, std::size_t> places;
  std::vector<CountedWord> words;
  for (const std::string_view piece : pieces_of(text)) {
    const auto [place, is_new] = places.try_emplace(piece, words.size());
    if (is_new) {
      words.push_back({byte_ids(piece), 0});
    }
    ++words[place->second].times;
  }
  return words;
}

// 8.2 Learning merges

/// The same tokens, but wherever the pair occurs, one token `id` in its place. From the left, without overlap: with the
/// pair (5, 5), the tokens 5 5 5 become id 5.
std::vector<Id> merge_pair(std::span<const Id> ids, const Merge& pair, Id id);

/// Learns up to `count` merges from a text (Sennrich, Haddow and Birch 2016, algorithm 1). At first every byte is a
/// token. Then, again and again: of all pairs of neighbouring tokens, the most frequent one becomes a new token
/// wherever it occurs. In "aaa" the pair (a, a) is counted twice, at both places, but merged from the left: (aa, a). Of
/// pairs that are equally frequent, the one with the smaller left id is merged, then the one with the smaller right id.
/// Ends before `count` if no pair occurs twice.
std::vector<Merge> learn_merges(std::string_view text, std::size_t count);

// 8.3 Encoding and decoding

/// Texts as ids, and back. Its constructor and bytes are given.
class BytePairEncoding {
 public:
  /// Throws IdError, which names the merge, if one of its tokens is a special one or is only made by a later merge.
  /// Throws std::invalid_argument if a pair is merged twice.
  explicit BytePairEncoding(std::vector<Merge> merges) : merges_(std::move(merges)), bytes_(first_byte_id) {
    for (int byte = 0; byte < 256; ++byte) {
      bytes_.emplace_back(1, static_cast<char>(byte));
    }
    for (const Merge& merge : merges_) {
      const Id id = bytes_.size();
      if (std::min(merge.left, merge.right) < first_byte_id || std::max(merge.left, merge.right) >= id) {
        throw IdError(fmt::format("BytePairEncoding: merge {} has tokens {} and {}, expected {} to {}",
                                  id - first_merge_id, merge.left, merge.right, first_byte_id, id - 1));
      }
      if (!ids_.emplace(merge, id).second) {
        throw std::invalid_argument(fmt::format("BytePairEncoding: merge {}, of {} and {}, is there already",
                                                id - first_merge_id, merge.left, merge.right));
      }
      bytes_.push_back(bytes_[merge.left] + bytes_[merge.right]);
    }
  }

  /// 260 and the number of merges.
  std::size_t vocab_size() const { return bytes_.size(); }
  const std::vector<Merge>& merges() const { return merges_; }

  /// The bytes of a token; none for a special one. Throws IdError if id is not below vocab_size().
  const std::string& bytes(Id id) const {
    if (id >= vocab_size()) {
      throw IdError(fmt::format("BytePairEncoding::bytes: id {} is not below {}", id, vocab_size()));
    }
    return bytes_[id];
  }

  /// The ids of a piece. At first every byte is a token. Of all pairs of neighbours that are in merges(), the one that
  /// was learned first is merged wherever it occurs, as merge_pair does it; then again, until there is no such pair.
  std::vector<Id> encode_piece(std::string_view piece) const;

  /// The ids of all pieces of a text, one after the other: (tokens). Equal pieces, of which a text has many, are worked
  /// on once, so that a long text takes little more time than cutting it into pieces.
  IdVector encode(std::string_view text) const;

  /// The bytes of all ids, one after the other: decode(encode(text)) is the text, whatever its bytes are. Throws
  /// IdError if an id is not below vocab_size().
  std::string decode(const IdVector& ids) const;

 private:
  std::vector<Merge> merges_;
  std::vector<std::string> bytes_;                // by id
  std::unordered_map<Merge, Id, MergeHash> ids_;  // what each pair becomes
};

}  // namespace nn
