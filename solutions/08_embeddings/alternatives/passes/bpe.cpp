#include "08_embeddings/bpe.hpp"

#include <map>

#include "08_embeddings/pieces.hpp"

// Pairs are counted from scratch for each merge; a piece is encoded by one pass for each merge, in the order of the
// merges.

namespace nn {

std::vector<Id> merge_pair(std::span<const Id> ids, const Merge& pair, Id id) {
  std::vector<Id> merged;
  bool whole = false;  // was the last token merged just now?
  for (const Id next : ids) {
    if (!whole && !merged.empty() && merged.back() == pair.left && next == pair.right) {
      merged.back() = id;
      whole = true;
    } else {
      merged.push_back(next);
      whole = false;
    }
  }
  return merged;
}

std::vector<Merge> learn_merges(std::string_view text, std::size_t count) {
  std::map<std::vector<Id>, std::size_t> words;
  for (const std::string_view piece : pieces_of(text)) {
    ++words[byte_ids(piece)];
  }
  std::vector<Merge> merges;
  for (std::size_t k = 0; k < count; ++k) {
    std::map<Merge, std::size_t> counts;
    for (const auto& [ids, times] : words) {
      for (std::size_t i = 1; i < ids.size(); ++i) {
        counts[{ids[i - 1], ids[i]}] += times;
      }
    }
    std::pair<Merge, std::size_t> best{{}, 1};
    for (const auto& entry : counts) {
      best = entry.second > best.second ? std::pair<Merge, std::size_t>(entry) : best;
    }
    if (best.second < 2) {
      break;
    }
    merges.push_back(best.first);
    std::map<std::vector<Id>, std::size_t> merged;
    for (const auto& [ids, times] : words) {
      merged[merge_pair(ids, best.first, first_merge_id + k)] += times;
    }
    words = std::move(merged);
  }
  return merges;
}

std::vector<Id> BytePairEncoding::encode_piece(std::string_view piece) const {
  std::vector<Id> ids = byte_ids(piece);
  for (std::size_t k = 0; k < merges_.size(); ++k) {
    ids = merge_pair(ids, merges_[k], first_merge_id + k);
  }
  return ids;
}

IdVector BytePairEncoding::encode(std::string_view text) const {
  std::vector<Id> all;
  for (const std::string_view piece : pieces_of(text)) {
    for (const Id id : encode_piece(piece)) {
      all.push_back(id);
    }
  }
  IdVector ids = IdVector::from_shape({all.size()});
  std::copy(all.begin(), all.end(), ids.begin());
  return ids;
}

std::string BytePairEncoding::decode(const IdVector& ids) const {
  std::string text;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    text.append(bytes(ids(i)));
  }
  return text;
}

}  // namespace nn
