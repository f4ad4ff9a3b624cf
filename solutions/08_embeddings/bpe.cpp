#include "08_embeddings/bpe.hpp"

#include <optional>
#include <unordered_map>

namespace nn {

// 8.2 Learning merges

std::vector<Id> merge_pair(std::span<const Id> ids, const Merge& pair, Id id) {
  std::vector<Id> merged;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i + 1 < ids.size() && ids[i] == pair.left && ids[i + 1] == pair.right) {
      merged.push_back(id);
      ++i;
    } else {
      merged.push_back(ids[i]);
    }
  }
  return merged;
}

std::vector<Merge> learn_merges(std::string_view text, std::size_t count) {
  // Count all pairs once
  std::vector<CountedWord> words = counted_words(text);
  PairCounts counts;
  for (std::size_t w = 0; w < words.size(); ++w) {
    for (std::size_t i = 0; i + 1 < words[w].ids.size(); ++i) {
      counts.add({words[w].ids[i], words[w].ids[i + 1]}, words[w].times, w);
    }
  }

  // Merge the most frequent pair, and count again in the words that have it
  std::vector<Merge> merges;
  while (merges.size() < count) {
    const std::optional<Merge> pair = counts.most_frequent();
    if (!pair) {
      break;
    }
    for (const std::size_t w : counts.words_with(*pair)) {
      auto& [ids, occurrences] = words[w];
      for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
        counts.remove({ids[i], ids[i + 1]}, occurrences);
      }
      ids = merge_pair(ids, *pair, first_merge_id + merges.size());
      for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
        counts.add({ids[i], ids[i + 1]}, occurrences, w);
      }
    }
    merges.push_back(*pair);
  }
  return merges;
}

// 8.3 Encoding and decoding

std::vector<Id> BytePairEncoding::encode_piece(std::string_view piece) const {
  std::vector<Id> ids = byte_ids(piece);
  while (true) {
    // The earliest merge has the smallest id
    auto first = ids_.end();
    for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
      const auto found = ids_.find({ids[i], ids[i + 1]});
      if (found != ids_.end() && (first == ids_.end() || found->second < first->second)) {
        first = found;
      }
    }
    if (first == ids_.end()) {
      return ids;
    }
    ids = merge_pair(ids, first->first, first->second);
  }
}

IdVector BytePairEncoding::encode(std::string_view text) const {
  std::unordered_map<std::string_view, std::vector<Id>> known;  // a text has the same pieces again and again
  std::vector<Id> all;
  for (const std::string_view piece : pieces_of(text)) {
    const auto [entry, is_new] = known.try_emplace(piece);
    if (is_new) {
      entry->second = encode_piece(piece);
    }
    all.insert(all.end(), entry->second.begin(), entry->second.end());
  }
  return id_vector(all);
}

std::string BytePairEncoding::decode(const IdVector& ids) const {
  std::string text;
  for (const Id id : ids) {
    text += bytes(id);
  }
  return text;
}

}  // namespace nn
