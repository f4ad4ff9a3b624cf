#include "08_embeddings/bpe.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "08_embeddings/pieces.hpp"

// Counts of our own, with the pairs in a set that is ordered by count; only the pairs next to a merge are counted
// again.

namespace nn {

namespace {

/// Pairs with their counts, and the same in the order in which they are merged.
class SortedCounts {
 public:
  void change(const Merge& pair, std::ptrdiff_t by) {
    std::ptrdiff_t& count = counts_[pair];
    order_.erase({-count, pair});
    count += by;
    if (count > 1) {
      order_.insert({-count, pair});
    }
  }
  bool empty() const { return order_.empty(); }
  Merge first() const { return order_.begin()->second; }

 private:
  std::map<Merge, std::ptrdiff_t> counts_;
  std::set<std::pair<std::ptrdiff_t, Merge>> order_;
};

/// Merges the pair in a word that occurs `times` times, and changes the counts of its neighbours.
void merge_in(std::vector<Id>& ids, const Merge& pair, Id id, std::ptrdiff_t times, SortedCounts& counts) {
  for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
    if (ids[i] != pair.left || ids[i + 1] != pair.right) {
      continue;
    }
    counts.change(pair, -times);
    if (i > 0) {
      counts.change({ids[i - 1], pair.left}, -times);
      counts.change({ids[i - 1], id}, times);
    }
    if (i + 2 < ids.size()) {
      counts.change({pair.right, ids[i + 2]}, -times);
      counts.change({id, ids[i + 2]}, times);
    }
    ids[i] = id;
    ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

}  // namespace

std::vector<Id> merge_pair(std::span<const Id> ids, const Merge& pair, Id id) {
  if (ids.size() < 2) {
    return {ids.begin(), ids.end()};
  }
  const bool here = ids[0] == pair.left && ids[1] == pair.right;
  std::vector<Id> merged{here ? id : ids[0]};
  const std::vector<Id> rest = merge_pair(ids.subspan(here ? 2 : 1), pair, id);
  merged.insert(merged.end(), rest.begin(), rest.end());
  return merged;
}

std::vector<Merge> learn_merges(std::string_view text, std::size_t count) {
  std::map<std::string_view, std::ptrdiff_t> times;
  for (const std::string_view piece : pieces_of(text)) {
    ++times[piece];
  }
  std::vector<std::pair<std::vector<Id>, std::ptrdiff_t>> words;
  SortedCounts counts;
  for (const auto& [piece, occurrences] : times) {
    words.emplace_back(byte_ids(piece), occurrences);
    for (std::size_t i = 0; i + 1 < piece.size(); ++i) {
      counts.change({words.back().first[i], words.back().first[i + 1]}, occurrences);
    }
  }
  std::vector<Merge> merges;
  while (merges.size() < count && !counts.empty()) {
    merges.push_back(counts.first());
    for (auto& [ids, occurrences] : words) {
      merge_in(ids, merges.back(), first_merge_id + merges.size() - 1, occurrences, counts);
    }
  }
  return merges;
}

std::vector<Id> BytePairEncoding::encode_piece(std::string_view piece) const {
  std::vector<Id> ids = byte_ids(piece);
  std::set<Id> possible;
  do {
    possible.clear();
    for (std::size_t i = 1; i < ids.size(); ++i) {
      if (ids_.contains({ids[i - 1], ids[i]})) {
        possible.insert(ids_.at({ids[i - 1], ids[i]}));
      }
    }
    if (!possible.empty()) {
      ids = merge_pair(ids, merges_[*possible.begin() - first_merge_id], *possible.begin());
    }
  } while (!possible.empty());
  return ids;
}

IdVector BytePairEncoding::encode(std::string_view text) const {
  std::map<std::string_view, std::vector<Id>> known;
  std::size_t size = 0;
  const std::vector<std::string_view> pieces = pieces_of(text);
  for (const std::string_view piece : pieces) {
    if (!known.contains(piece)) {
      known[piece] = encode_piece(piece);
    }
    size += known[piece].size();
  }
  IdVector ids = IdVector::from_shape({size});
  auto place = ids.begin();
  for (const std::string_view piece : pieces) {
    place = std::ranges::copy(known[piece], place).out;
  }
  return ids;
}

std::string BytePairEncoding::decode(const IdVector& ids) const {
  check_ids("BytePairEncoding::decode", ids, vocab_size());
  std::string text;
  for (const Id id : ids) {
    if (id >= first_merge_id) {
      const auto& [left, right] = merges_[id - first_merge_id];
      text += decode({left, right});
    } else if (id >= first_byte_id) {
      text += static_cast<char>(id - first_byte_id);
    }
  }
  return text;
}

}  // namespace nn
