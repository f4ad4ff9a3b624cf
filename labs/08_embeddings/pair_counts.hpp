#pragma once

// Given, not graded: pairs of neighbouring tokens, and counts of them from which the most frequent pair is found
// without looking at all.

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <optional>
#include <queue>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include "tensor/tensor.hpp"

namespace nn {

/// Two neighbouring tokens that become one.
struct Merge {
  Id left;
  Id right;
  auto operator<=>(const Merge&) const = default;  // by left, then by right
};

struct MergeHash {
  std::size_t operator()(const Merge& merge) const {
    return (merge.left * 0x9e3779b97f4a7c15u) ^ (merge.right * 0xc2b2ae3d27d4eb4fu);
  }
};

/// How often each pair of tokens occurs, and in which words.
class PairCounts {
 public:
  /// Counts the pair `times` times more, in word number `word`.
  void add(const Merge& pair, std::size_t times, std::size_t word) {
    Entry& entry = entries_[pair];
    entry.count += times;
    if (entry.words.empty() || entry.words.back() != word) {
      entry.words.push_back(word);
    }
    queue_.push({entry.count, pair});
  }

  /// Counts the pair `times` times less. Throws std::invalid_argument if it was not counted so often.
  void remove(const Merge& pair, std::size_t times) {
    Entry& entry = entries_[pair];
    if (entry.count < times) {
      throw std::invalid_argument(fmt::format("PairCounts::remove: the pair ({}, {}) was counted {} times, not {}",
                                              pair.left, pair.right, entry.count, times));
    }
    entry.count -= times;
  }

  /// The pair with the largest count; of several, the smallest. Nothing if none has a count of 2 or more.
  std::optional<Merge> most_frequent() {
    while (!queue_.empty()) {
      const auto [count, pair] = queue_.top();
      const std::size_t now = entries_.at(pair).count;
      if (now == count) {
        return count >= 2 ? std::optional(pair) : std::nullopt;
      }
      // The count has fallen since
      queue_.pop();
      if (now > 0) {
        queue_.push({now, pair});
      }
    }
    return std::nullopt;
  }

  /// The words in which the pair has been counted, each once, in increasing order. In some it may be gone again.
  std::vector<std::size_t> words_with(const Merge& pair) const {
    const auto entry = entries_.find(pair);
    if (entry == entries_.end()) {
      return {};
    }
    std::vector<std::size_t> words = entry->second.words;
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
  }

 private:
  struct Entry {
    std::size_t count = 0;
    std::vector<std::size_t> words;
  };
  struct Candidate {
    std::size_t count;
    Merge pair;
    bool operator<(const Candidate& other) const {
      return count != other.count ? count < other.count : pair > other.pair;
    }
  };

  std::unordered_map<Merge, Entry, MergeHash> entries_;
  std::priority_queue<Candidate> queue_;  // the top has at least the largest count
};

}  // namespace nn
