#include "08_embeddings/embedding.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "01_tensors/tensors.hpp"
#include "02_mlp/mlp.hpp"
#include "blas/matmul.hpp"
#include "tensor/reshape.hpp"

// Whole-tensor expressions and matrix products: the words of an example are the rows of a matrix.

namespace nn {

namespace {

/// The rows of x with these ids: (ids, features).
Matrix rows_of(const Matrix& x, std::span<const Id> ids) {
  Matrix rows({ids.size(), x.shape(1)});
  for (std::size_t j = 0; j < ids.size(); ++j) {
    xt::view(rows, j) = xt::view(x, ids[j]);
  }
  return rows;
}

/// -1 for the true context, which is first, and 1 for noise.
Vector signs_of(std::size_t size) {
  Vector signs = zeros({size});
  signs.fill(1);
  signs(0) = -1;
  return signs;
}

}  // namespace

Tensor3 Embedding::forward(const IdMatrix& ids, Cache& cache) const {
  check_ids("Embedding::forward", ids, weight.value.shape(0));
  cache.ids = ids;
  return split_leading(rows_of(weight.value, {ids.data(), ids.size()}), ids.shape(0), ids.shape(1));
}

void Embedding::backward(const Tensor3& dy, const Cache& cache) {
  check_shape("Embedding::backward", "dy", dy, {cache.ids.shape(0), cache.ids.shape(1), weight.value.shape(1)});
  add_matmul_tn(one_hot(merge_leading(cache.ids), weight.value.shape(0)), merge_leading(dy), weight.grad);
}

Vector keep_probabilities(const Vector& counts, Real threshold) {
  if (threshold <= 0 || std::isnan(threshold)) {
    throw std::invalid_argument("keep_probabilities: the threshold must be above 0");
  }
  const Real total = xt::sum(counts)();
  Vector keep = zeros({counts.size()});
  for (std::size_t i = 0; i < counts.size(); ++i) {
    keep(i) = std::min(Real{1}, std::sqrt(threshold * total / counts(i)));  // of 0: the root of infinity
  }
  return keep;
}

IdVector subsample(const IdVector& ids, const Vector& keep, Random& random) {
  Vector numbers = zeros({ids.size()});
  fill_uniform(values(numbers), random, 0, 1);
  std::vector<Id> kept;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (keep(ids(i)) > numbers(i)) {
      kept.push_back(ids(i));
    }
  }
  IdVector result = IdVector::from_shape({kept.size()});
  std::ranges::copy(kept, result.begin());
  return result;
}

IdMatrix skip_gram_pairs(const IdVector& sentence, std::size_t window, Random& random) {
  const auto size = static_cast<std::ptrdiff_t>(sentence.size());
  std::vector<Id> centers, contexts;
  for (std::ptrdiff_t t = 0; t < size; ++t) {
    const auto b = static_cast<std::ptrdiff_t>(random.below(window)) + 1;
    for (std::ptrdiff_t offset = std::max(-b, -t); offset <= std::min(b, size - 1 - t); ++offset) {
      if (offset != 0) {
        centers.push_back(sentence(static_cast<std::size_t>(t)));
        contexts.push_back(sentence(static_cast<std::size_t>(t + offset)));
      }
    }
  }
  IdMatrix pairs = IdMatrix::from_shape({centers.size(), 2});
  for (std::size_t p = 0; p < centers.size(); ++p) {
    pairs(p, 0) = centers[p];
    pairs(p, 1) = contexts[p];
  }
  return pairs;
}

NoiseSampler::NoiseSampler(const Vector& counts) {
  if (std::ranges::count(counts, Real{0}) + 2 > static_cast<std::ptrdiff_t>(counts.size())) {
    throw std::invalid_argument("NoiseSampler: there must be two words with a count");
  }
  cumulative_ = xt::cumsum(xt::pow(counts, Real(0.75)));
  const Real total = cumulative_(counts.size() - 1);
  cumulative_ /= total;
}

Id NoiseSampler::draw(Random& random) const {
  const Real number = random.uniform();
  return static_cast<Id>(std::ranges::find_if(cumulative_, [&](Real sum) { return sum > number; }) -
                         cumulative_.begin());
}

Real SkipGram::loss(Id center, std::span<const Id> words) const {
  check_example("SkipGram::loss", center, words, centers.shape(0));
  const Matrix logits = matmul_nt(rows_of(centers, {&center, 1}), rows_of(contexts, words));
  const Vector x = signs_of(words.size()) * xt::view(logits, 0);
  const Vector losses = xt::log1p(xt::exp(-xt::abs(x))) + xt::maximum(x, Real{0});
  return xt::sum(losses)();
}

Real SkipGram::step(Id center, std::span<const Id> words, Real learning_rate) {
  const Real before = loss(center, words);
  const Matrix v = rows_of(centers, {&center, 1}), u = rows_of(contexts, words);
  Matrix dlogits = matmul_nt(v, u);
  std::ranges::transform(dlogits, dlogits.begin(), [](Real logit) { return sigmoid(logit); });
  dlogits(0, 0) -= 1;
  const Matrix dv = matmul(dlogits, u), du = matmul_tn(dlogits, v);
  for (std::size_t j = 0; j < words.size(); ++j) {
    xt::view(contexts, words[j]) -= learning_rate * xt::view(du, j);
  }
  xt::view(centers, center) -= learning_rate * xt::view(dv, 0);
  return before;
}

WordSpace::WordSpace(const Matrix& vectors) : rows_(vectors) {
  const Vector norms = xt::sqrt(xt::sum(xt::square(vectors), {1}));
  for (std::size_t r = 0; r < norms.size(); ++r) {
    xt::view(rows_, r) /= norms(r) > 0 ? norms(r) : 1;
  }
}

std::vector<Neighbour> WordSpace::nearest(std::span<const Real> query, std::size_t count,
                                          const IdVector& excluded) const {
  Matrix column({query.size(), 1});
  std::ranges::copy(query, column.begin());
  const Matrix products = matmul(rows_, column);  // throws ShapeError if the size is wrong
  const Real norm = std::sqrt(xt::sum(xt::square(column))());
  std::vector<Neighbour> words;
  for (Id id = 0; id < rows_.shape(0); ++id) {
    words.push_back({id, norm > 0 ? products(id, 0) / norm : 0});
  }
  std::erase_if(words, [&](const Neighbour& word) { return std::ranges::count(excluded, word.id) > 0; });
  std::ranges::stable_sort(words, std::greater<>(), &Neighbour::similarity);
  words.resize(std::min(count, words.size()));
  return words;
}

std::vector<Neighbour> WordSpace::analogy(Id a, Id b, Id c, std::size_t count) const {
  check_ids("WordSpace::analogy", IdVector{a, b, c}, rows_.shape(0));
  const Vector query = xt::view(rows_, b) - xt::view(rows_, a) + xt::view(rows_, c);
  return nearest(values(query), count, {a, b, c});
}

}  // namespace nn
