#pragma once

// Given, not graded: how good word vectors are, and a map of words.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "08_embeddings/embedding.hpp"
#include "08_embeddings/vocabulary.hpp"
#include "datasets/text_file.hpp"
#include "linalg/linalg.hpp"
#include "text/lines.hpp"

namespace nn {

/// The ranks of some numbers, 1 for the smallest; equal numbers share the mean of their ranks.
inline std::vector<double> ranks_of(const std::vector<double>& x) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return x[i]; });
  std::vector<double> ranks(x.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && x[order[end]] == x[order[begin]]) {
      ++end;
    }
    for (std::size_t i = begin; i < end; ++i) {
      ranks[order[i]] = static_cast<double>(begin + 1 + end) / 2;
    }
  }
  return ranks;
}

/// Spearman's rank correlation: the correlation of the ranks. 0 if all ranks of one side are equal.
inline double rank_correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const std::vector<double> a = ranks_of(x), b = ranks_of(y);
  const double mean = (static_cast<double>(x.size()) + 1) / 2;
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean) * (b[i] - mean);
    aa += (a[i] - mean) * (a[i] - mean);
    bb += (b[i] - mean) * (b[i] - mean);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

/// How word vectors agree with people.
struct Agreement {
  double correlation = 0;  // of cosines with what people said
  std::size_t pairs = 0;   // of words that are both in the vocabulary
  std::size_t all = 0;
};

/// WordSim-353 (Finkelstein et al. 2002): lines of two words and a number from 0 to 10, with tabs between; '#' begins a
/// remark. Throws std::runtime_error, which names the line, if one is different.
inline Agreement word_similarity(const std::filesystem::path& path, const Vocabulary& vocabulary,
                                 const WordSpace& space) {
  std::vector<double> people, cosines;
  Agreement result;
  const std::vector<std::string> lines = read_text_lines(path);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].starts_with('#')) {
      continue;
    }
    const std::vector<std::string> parts = fields_of(lines[i], '\t');
    double score = 0;
    if (parts.size() != 3 ||
        std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), score).ec != std::errc()) {
      throw std::runtime_error(fmt::format("{}, line {}: expected two words and a number", path.string(), i + 1));
    }
    ++result.all;
    const Id first = vocabulary.id(tokenize(parts[0])[0]), second = vocabulary.id(tokenize(parts[1])[0]);
    if (first != unk_id && second != unk_id) {
      const std::span<const Real> a = row(space.rows(), first), b = row(space.rows(), second);
      people.push_back(score);
      cosines.push_back(std::inner_product(a.begin(), a.end(), b.begin(), 0.0));
    }
  }
  result.pairs = people.size();
  result.correlation = rank_correlation(people, cosines);
  return result;
}

/// The questions of a category, "a b c d": a is to b as c is to d.
struct AnalogyScore {
  std::string category;
  std::size_t right = 0;
  std::size_t covered = 0;  // questions with all four words in the vocabulary
  std::size_t all = 0;
};

/// Analogies in the format of word2vec's questions-words.txt; ": name" begins a category. Throws std::runtime_error,
/// which names the line, if one has not four words.
inline std::vector<AnalogyScore> analogy_scores(const std::filesystem::path& path, const Vocabulary& vocabulary,
                                                const WordSpace& space) {
  std::vector<AnalogyScore> scores;
  const std::vector<std::string> lines = read_text_lines(path);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].starts_with(':')) {
      scores.push_back({lines[i].substr(lines[i].find_first_not_of(": "))});
      continue;
    }
    const std::vector<std::string> words = tokenize(lines[i]);
    if (words.size() != 4 || scores.empty()) {
      throw std::runtime_error(fmt::format("{}, line {}: expected four words below a category", path.string(), i + 1));
    }
    ++scores.back().all;
    const IdVector ids = vocabulary.encode(words);
    if (std::ranges::find(ids, unk_id) == ids.end()) {
      ++scores.back().covered;
      scores.back().right += space.analogy(ids(0), ids(1), ids(2), 1)[0].id == ids(3) ? 1 : 0;
    }
  }
  return scores;
}

/// The rows of x: (rows, features) on their two principal axes: (rows, 2). The axes are those along which the rows,
/// less their mean, spread most: the first two right singular vectors (Goodfellow et al. 2016, section 2.12).
inline Matrix principal_axes(Matrix x) {
  Vector mean = zeros({x.shape(1)});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    for (std::size_t k = 0; k < x.shape(1); ++k) {
      mean(k) += x(r, k) / static_cast<Real>(x.shape(0));
    }
  }
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    for (std::size_t k = 0; k < x.shape(1); ++k) {
      x(r, k) -= mean(k);
    }
  }
  const SVD parts = svd(x);
  Matrix map = zeros({x.shape(0), 2});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    for (std::size_t axis = 0; axis < 2 && axis < parts.s.size(); ++axis) {
      map(r, axis) = parts.u(r, axis) * parts.s(axis);
    }
  }
  return map;
}

}  // namespace nn
