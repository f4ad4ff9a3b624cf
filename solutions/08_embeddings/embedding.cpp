#include "08_embeddings/embedding.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <stdexcept>

#include "02_mlp/mlp.hpp"
#include "tensor/reshape.hpp"
#include "tensor/shape.hpp"
#include "tensor/sums.hpp"

namespace nn {

namespace {

/// -log sigmoid(x), where x may be any number.
Real minus_log_sigmoid(Real x) { return std::log1p(std::exp(-std::abs(x))) + std::max(-x, Real{0}); }

}  // namespace

// 8.4 The layer

Tensor3 Embedding::forward(const IdMatrix& ids, Cache& cache) const {
  check_ids("Embedding::forward", ids, weight.value.shape(0));
  cache.ids = ids;
  Tensor3 y({ids.shape(0), ids.shape(1), weight.value.shape(1)});
  for (std::size_t i = 0; i < ids.shape(0); ++i) {
    for (std::size_t j = 0; j < ids.shape(1); ++j) {
      std::ranges::copy(row(weight.value, ids(i, j)), row(y, i, j).begin());
    }
  }
  return y;
}

void Embedding::backward(const Tensor3& dy, const Cache& cache) {
  const auto [first, second] = cache.ids.shape();
  check_shape("Embedding::backward", "dy", dy, {first, second, weight.value.shape(1)});
  for (std::size_t i = 0; i < first; ++i) {
    for (std::size_t j = 0; j < second; ++j) {
      add_scaled(row(dy, i, j), 1, row(weight.grad, cache.ids(i, j)));
    }
  }
}

// 8.5 What skip-gram reads

Vector keep_probabilities(const Vector& counts, Real threshold) {
  if (!(threshold > 0)) {
    throw std::invalid_argument(fmt::format("keep_probabilities: the threshold is {}, expected above 0", threshold));
  }
  const Real total = sum_of(values(counts));
  Vector keep = zeros({counts.size()});
  std::ranges::transform(counts, keep.begin(), [&](Real count) {
    return count > 0 ? std::min(Real{1}, std::sqrt(threshold / (count / total))) : Real{1};
  });
  return keep;
}

IdVector subsample(const IdVector& ids, const Vector& keep, Random& random) {
  check_ids("subsample", ids, keep.size());
  std::vector<Id> kept;
  std::ranges::copy_if(ids, std::back_inserter(kept), [&](Id id) { return random.uniform() < keep(id); });
  return id_vector(kept);
}

IdMatrix skip_gram_pairs(const IdVector& sentence, std::size_t window, Random& random) {
  std::vector<Id> pairs;
  for (std::size_t t = 0; t < sentence.size(); ++t) {
    const std::size_t b = 1 + random.below(window);
    const std::size_t end = std::min(t + b + 1, sentence.size());
    for (std::size_t s = t - std::min(t, b); s < end; ++s) {
      if (s != t) {
        pairs.insert(pairs.end(), {sentence(t), sentence(s)});
      }
    }
  }
  IdMatrix result = IdMatrix::from_shape({pairs.size() / 2, 2});
  std::ranges::copy(pairs, result.begin());
  return result;
}

NoiseSampler::NoiseSampler(const Vector& counts) : cumulative_(counts) {
  if (std::ranges::count_if(counts, [](Real count) { return count > 0; }) < 2) {
    throw std::invalid_argument("NoiseSampler: fewer than two words have a count above 0");
  }
  Real sum = 0;
  for (Real& count : cumulative_) {
    sum += std::pow(count, Real(0.75));
    count = sum;
  }
  cumulative_ /= sum;
}

Id NoiseSampler::draw(Random& random) const {
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), random.uniform());
  return static_cast<Id>(found - cumulative_.begin());
}

// 8.6 Skip-gram with negative sampling

Real SkipGram::loss(Id center, std::span<const Id> words) const {
  check_example("SkipGram::loss", center, words, centers.shape(0));
  Real loss = 0;
  for (std::size_t j = 0; j < words.size(); ++j) {
    const Real logit = dot_product(row(contexts, words[j]), row(centers, center));
    loss += minus_log_sigmoid(j == 0 ? logit : -logit);
  }
  return loss;
}

Real SkipGram::step(Id center, std::span<const Id> words, Real learning_rate) {
  check_example("SkipGram::step", center, words, centers.shape(0));
  const std::span<Real> v = row(centers, center);
  std::vector<Real> dlogits(words.size()), dv(v.size());

  // The gradients, all by the vectors as they are: dlogit = sigmoid(logit) - label, dv = sum of dlogit u
  Real loss = 0;
  for (std::size_t j = 0; j < words.size(); ++j) {
    const std::span<const Real> u = row(contexts, words[j]);
    const Real logit = dot_product(u, v);
    loss += minus_log_sigmoid(j == 0 ? logit : -logit);
    dlogits[j] = sigmoid(logit) - (j == 0 ? 1 : 0);
    add_scaled(u, dlogits[j], dv);
  }

  // The step: du = dlogit v
  for (std::size_t j = 0; j < words.size(); ++j) {
    add_scaled(v, -learning_rate * dlogits[j], row(contexts, words[j]));
  }
  add_scaled(dv, -learning_rate, v);
  return loss;
}

// 8.7 Near words

WordSpace::WordSpace(const Matrix& vectors) : rows_(vectors) {
  for (std::size_t r = 0; r < rows_.shape(0); ++r) {
    const std::span<Real> v = row(rows_, r);
    const Real norm = std::sqrt(dot_product(v, v));
    if (norm > 0) {
      std::ranges::for_each(v, [&](Real& number) { number /= norm; });
    }
  }
}

std::vector<Neighbour> WordSpace::nearest(std::span<const Real> query, std::size_t count,
                                          const IdVector& excluded) const {
  check_shape_of("WordSpace::nearest", "query", std::array{query.size()}, {rows_.shape(1)});
  const Real norm = std::sqrt(dot_product(query, query));
  std::vector<Neighbour> words;
  for (Id id = 0; id < rows_.shape(0); ++id) {
    if (std::ranges::find(excluded, id) == excluded.end()) {
      words.push_back({id, norm > 0 ? dot_product(row(rows_, id), query) / norm : Real{0}});
    }
  }
  keep_nearest(words, count);
  return words;
}

std::vector<Neighbour> WordSpace::analogy(Id a, Id b, Id c, std::size_t count) const {
  check_ids("WordSpace::analogy", IdVector{a, b, c}, rows_.shape(0));
  const Vector query = xt::view(rows_, b) - xt::view(rows_, a) + xt::view(rows_, c);
  return nearest(values(query), count, {a, b, c});
}

}  // namespace nn
