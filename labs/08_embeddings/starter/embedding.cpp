#include "08_embeddings/embedding.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <stdexcept>

#include "02_mlp/mlp.hpp"
#include "nn/not_implemented.hpp"
#include "tensor/reshape.hpp"
#include "tensor/shape.hpp"
#include "tensor/sums.hpp"

// Replace each not_implemented() with your code; embedding.hpp says what it must do. When everything is written, delete
// the next line: then the compiler warns about every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 8.4 The layer

Tensor3 Embedding::forward(const IdMatrix& ids, Cache& cache) const {
  // Check the ids, and keep them
  // Copy a row of weight for each
  not_implemented();
}

void Embedding::backward(const Tensor3& dy, const Cache& cache) {
  // Check the shape of dy
  // Add each of its rows to the row of grad that its id names
  not_implemented();
}

// 8.5 What skip-gram reads

Vector keep_probabilities(const Vector& counts, Real threshold) {
  // Check the threshold
  // f is a count divided by the sum of all
  not_implemented();
}

IdVector subsample(const IdVector& ids, const Vector& keep, Random& random) {
  // Draw one number for each id
  not_implemented();
}

IdMatrix skip_gram_pairs(const IdVector& sentence, std::size_t window, Random& random) {
  // At each position draw b, and pair the word with its neighbours up to b away, inside the sentence
  not_implemented();
}

NoiseSampler::NoiseSampler(const Vector& counts) : cumulative_(counts) {
  // Check that two words have a count
  // Add up the powers, and divide all sums by the last one
  not_implemented();
}

Id NoiseSampler::draw(Random& random) const {
  // The first sum that is larger than a uniform number; the sums never fall, so std::upper_bound finds it
  not_implemented();
}

// 8.6 Skip-gram with negative sampling

Real SkipGram::loss(Id center, std::span<const Id> words) const {
  // Check the example
  // For each word: its logit u . v, and -log sigmoid of it or of its negative, without overflow
  not_implemented();
}

Real SkipGram::step(Id center, std::span<const Id> words, Real learning_rate) {
  // Check the example
  // For each word: its logit, its loss, the gradient of the logit, and what u adds to the gradient of v
  // Only when all of these are known: move every u, then v
  not_implemented();
}

// 8.7 Near words

WordSpace::WordSpace(const Matrix& vectors) : rows_(vectors) {
  // Divide each row by its norm, if it has one
  not_implemented();
}

std::vector<Neighbour> WordSpace::nearest(std::span<const Real> query, std::size_t count,
                                          const IdVector& excluded) const {
  // Check the size of the query
  // The cosine of each word that is not excluded
  // keep_nearest
  not_implemented();
}

std::vector<Neighbour> WordSpace::analogy(Id a, Id b, Id c, std::size_t count) const {
  // Check the ids
  // The query, and the words near it that are none of the three
  not_implemented();
}

}  // namespace nn
