#pragma once

// Lab 08, tasks 8.4 to 8.7: a vector for each word, learned from the words around it. README.md explains; you write the
// bodies in embedding.cpp.
//
// A word is an id below vocab_size. `counts`: (vocab_size) says how often each word occurs in the text.

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <span>
#include <string_view>
#include <vector>

#include "08_embeddings/id_vector.hpp"
#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/shape.hpp"
#include "tensor/tensor.hpp"

namespace nn {

// 8.4 The layer

/// A vector for each id. What one-hot rows times a matrix give, without the product. Its constructor is given.
class Embedding {
 public:
  struct Cache {
    IdMatrix ids;  // as forward got them
  };
  /// Weights are normal with mean 0 and deviation 1, drawn in storage order.
  Embedding(std::size_t vocab_size, std::size_t embedding_dim, Random& random) : weight({vocab_size, embedding_dim}) {
    fill_normal(values(weight.value), random, 0, 1);
  }

  /// ids: (batch, time), or (time, batch) -> the same with a third size, embedding_dim: row ids(i, j) of weight. Keeps
  /// the ids. Throws IdError if one is not below vocab_size.
  Tensor3 forward(const IdMatrix& ids, Cache& cache) const;

  /// dy: the shape of forward's result. Adds row (i, j) of dy to row ids(i, j) of weight.grad; rows of ids that did not
  /// occur stay as they are. Throws ShapeError if dy has a different shape.
  void backward(const Tensor3& dy, const Cache& cache);

  ParameterList parameters() { return {{"weight", weight}}; }

  Parameter<2> weight;  // (vocab_size, embedding_dim)
};

// 8.5 What skip-gram reads

/// -> (vocab_size): the probability with which an occurrence of each word is kept, min(1, sqrt(threshold / f)), where f
/// is the word's count divided by the sum of all counts (Mikolov et al. 2013b, eq. 5); 1 for a word with count 0.
/// Throws std::invalid_argument if the threshold is not above 0.
Vector keep_probabilities(const Vector& counts, Real threshold);

/// A part of the text: the ids for which random.uniform(), drawn once for each id in order, is below keep(id).
IdVector subsample(const IdVector& ids, const Vector& keep, Random& random);

/// The pairs that a sentence teaches: (pairs, 2), each a centre and a context. For each position t in order, draws
/// b = 1 + random.below(window); the centre is the word at t, its contexts are the words at t - b, ..., t - 1, t + 1,
/// ..., t + b, in this order, as far as the sentence reaches (Mikolov et al. 2013a, section 3.2). window: 1 or more;
/// random.below refuses 0.
IdMatrix skip_gram_pairs(const IdVector& sentence, std::size_t window, Random& random);

/// Draws words that are probably not contexts: each with a probability proportional to its count^0.75 (Mikolov et al.
/// 2013b, section 2.2).
class NoiseSampler {
 public:
  /// Throws std::invalid_argument if fewer than two words have a count above 0.
  explicit NoiseSampler(const Vector& counts);

  /// The first id whose cumulative probability is larger than random.uniform(), of which it draws one. So the
  /// probabilities of all ids before it and its own are added up; the sum of all is taken to be 1. A word with count 0
  /// is never drawn.
  Id draw(Random& random) const;

  /// Draws until it is not `context`.
  Id draw_other(Id context, Random& random) const {
    Id id = draw(random);
    while (id == context) {
      id = draw(random);
    }
    return id;
  }

  const Vector& cumulative() const { return cumulative_; }

 private:
  Vector cumulative_;  // (vocab_size): the sum of the probabilities up to and with each id; the last is exactly 1
};

// 8.6 Skip-gram with negative sampling

/// Throws ShapeError if there are no words, IdError if one of them or the centre is not below vocab_size.
inline void check_example(std::string_view function, Id center, std::span<const Id> words, std::size_t vocab_size) {
  if (words.empty()) {
    throw ShapeError(fmt::format("{}: there are no words, expected the context and then noise", function));
  }
  const Id largest = std::max(center, std::ranges::max(words));
  if (largest >= vocab_size) {
    throw IdError(fmt::format("{}: id {} is not below {}", function, largest, vocab_size));
  }
}

/// Two vectors for each word: v when it is a centre, u when it is a context or noise. Its constructor is given.
class SkipGram {
 public:
  /// centers uniform in +-0.5 / embedding_dim, drawn in storage order; contexts zeros.
  SkipGram(std::size_t vocab_size, std::size_t embedding_dim, Random& random)
      : centers(zeros({vocab_size, embedding_dim})), contexts(zeros({vocab_size, embedding_dim})) {
    const Real limit = Real(0.5) / static_cast<Real>(embedding_dim);
    fill_uniform(values(centers), random, -limit, limit);
  }

  /// words: the true context first, then noise. -> -log sigmoid(u_context . v) - sum over noise of log sigmoid(-u . v),
  /// where v is the row of `center` (Mikolov et al. 2013b, eq. 4). Does not overflow. Throws what check_example throws.
  Real loss(Id center, std::span<const Id> words) const;

  /// One step of gradient descent on that loss: v and the row u of each of the words move by -learning_rate times the
  /// gradient. All gradients are those before the step; a word that is twice among `words` gets both. Returns the loss
  /// before the step. Throws what check_example throws. Other rows are not touched, and nothing of their number costs
  /// time.
  Real step(Id center, std::span<const Id> words, Real learning_rate);

  Matrix centers;   // (vocab_size, embedding_dim), row v of each word: the vectors to use afterwards
  Matrix contexts;  // (vocab_size, embedding_dim), row u of each word
};

// 8.7 Near words

struct Neighbour {
  Id id;
  Real similarity;  // the cosine of the angle between its vector and the query
};

/// Sorts words by their similarity, largest first, equal ones by id, and keeps the first `count`. Given.
inline void keep_nearest(std::vector<Neighbour>& words, std::size_t count) {
  const auto end = words.begin() + static_cast<std::ptrdiff_t>(std::min(count, words.size()));
  std::ranges::partial_sort(words, end, [](const Neighbour& a, const Neighbour& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.id < b.id;
  });
  words.erase(end, words.end());
}

/// Finds words by the angle between their vectors.
class WordSpace {
 public:
  /// vectors: (vocab_size, features). Keeps each row divided by its norm; a row of zeros stays zeros.
  explicit WordSpace(const Matrix& vectors);

  /// The `count` words whose vectors have the largest cosine with query: (features), as
  /// keep_nearest sorts them. Words of `excluded` are left out; fewer are returned if there are no more. The cosine
  /// with a vector of zeros is 0. Throws ShapeError if query has a different size.
  std::vector<Neighbour> nearest(std::span<const Real> query, std::size_t count, const IdVector& excluded = {}) const;

  /// a is to b as c is to ...: the words nearest to b - a + c, where each of the three is the kept row, without a, b
  /// and c themselves (Mikolov, Yih and Zweig 2013, section 5). Throws IdError if an id is not below vocab_size.
  std::vector<Neighbour> analogy(Id a, Id b, Id c, std::size_t count) const;

  const Matrix& rows() const { return rows_; }

 private:
  Matrix rows_;  // (vocab_size, features), each of norm 1 or 0
};

}  // namespace nn
