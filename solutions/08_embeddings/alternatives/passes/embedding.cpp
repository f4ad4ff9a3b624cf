#include "08_embeddings/embedding.hpp"

#include <array>
#include <cmath>
#include <stdexcept>

#include "01_tensors/tensors.hpp"
#include "02_mlp/mlp.hpp"

// One number at a time, from the last to the first where the order is free; words are selected one by one.

namespace nn {

Tensor3 Embedding::forward(const IdMatrix& ids, Cache& cache) const {
  cache.ids = ids;
  Tensor3 y({ids.shape(0), ids.shape(1), weight.value.shape(1)});
  for (std::size_t j = 0; j < ids.shape(1); ++j) {
    for (std::size_t i = 0; i < ids.shape(0); ++i) {
      if (ids(i, j) >= weight.value.shape(0)) {
        throw IdError("Embedding::forward: an id is not in the vocabulary");
      }
      for (std::size_t k = 0; k < weight.value.shape(1); ++k) {
        y(i, j, k) = weight.value(ids(i, j), k);
      }
    }
  }
  return y;
}

void Embedding::backward(const Tensor3& dy, const Cache& cache) {
  check_shape("Embedding::backward", "dy", dy, {cache.ids.shape(0), cache.ids.shape(1), weight.value.shape(1)});
  for (std::size_t i = dy.shape(0); i-- > 0;) {
    for (std::size_t j = dy.shape(1); j-- > 0;) {
      for (std::size_t k = 0; k < dy.shape(2); ++k) {
        weight.grad(cache.ids(i, j), k) += dy(i, j, k);
      }
    }
  }
}

Vector keep_probabilities(const Vector& counts, Real threshold) {
  if (!(threshold > 0)) {
    throw std::invalid_argument("keep_probabilities: the threshold must be above 0");
  }
  Real total = 0;
  for (std::size_t i = counts.size(); i-- > 0;) {
    total += counts(i);
  }
  Vector keep = zeros({counts.size()});
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const bool frequent = counts(i) > threshold * total;
    keep(i) = frequent ? std::sqrt(threshold) / std::sqrt(counts(i) / total) : 1;
  }
  return keep;
}

IdVector subsample(const IdVector& ids, const Vector& keep, Random& random) {
  IdVector kept = ids;
  std::size_t size = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (random.uniform() < keep(ids(i))) {
      kept(size++) = ids(i);
    }
  }
  return xt::view(kept, xt::range(std::size_t{0}, size));
}

IdMatrix skip_gram_pairs(const IdVector& sentence, std::size_t window, Random& random) {
  std::vector<std::array<Id, 2>> pairs;
  for (std::size_t t = 0; t < sentence.size(); ++t) {
    const std::size_t b = 1 + random.below(window);
    for (std::size_t s = 0; s < sentence.size(); ++s) {
      const std::size_t distance = s < t ? t - s : s - t;
      if (distance > 0 && distance <= b) {
        pairs.push_back({sentence(t), sentence(s)});
      }
    }
  }
  IdMatrix result = IdMatrix::from_shape({pairs.size(), 2});
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    result(p, 0) = pairs[p][0];
    result(p, 1) = pairs[p][1];
  }
  return result;
}

NoiseSampler::NoiseSampler(const Vector& counts) : cumulative_(zeros({counts.size()})) {
  std::size_t positive = 0;
  Real sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    positive += counts(i) > 0 ? 1 : 0;
    sum += std::sqrt(counts(i)) * std::sqrt(std::sqrt(counts(i)));
    cumulative_(i) = sum;
  }
  if (positive < 2) {
    throw std::invalid_argument("NoiseSampler: there must be two words with a count");
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    cumulative_(i) = cumulative_(i) / sum;
  }
}

Id NoiseSampler::draw(Random& random) const {
  const Real number = random.uniform();
  Id id = 0;
  while (!(cumulative_(id) > number)) {
    ++id;
  }
  return id;
}

Real SkipGram::loss(Id center, std::span<const Id> words) const {
  check_example("SkipGram::loss", center, words, centers.shape(0));
  Real loss = 0;
  for (std::size_t j = words.size(); j-- > 0;) {
    Real logit = 0;
    for (std::size_t k = 0; k < centers.shape(1); ++k) {
      logit += contexts(words[j], k) * centers(center, k);
    }
    // log(e^0 + e^-x) of lab 01 is -log sigmoid(x)
    loss += logsumexp(Matrix{{0, j == 0 ? -logit : logit}})(0);
  }
  return loss;
}

Real SkipGram::step(Id center, std::span<const Id> words, Real learning_rate) {
  const Real before = loss(center, words);
  const SkipGram old = *this;  // every gradient is of these vectors
  for (std::size_t j = 0; j < words.size(); ++j) {
    Real logit = 0;
    for (std::size_t k = 0; k < centers.shape(1); ++k) {
      logit += old.contexts(words[j], k) * old.centers(center, k);
    }
    const Real dlogit = j == 0 ? -sigmoid(-logit) : sigmoid(logit);
    for (std::size_t k = 0; k < centers.shape(1); ++k) {
      contexts(words[j], k) -= learning_rate * dlogit * old.centers(center, k);
      centers(center, k) -= learning_rate * dlogit * old.contexts(words[j], k);
    }
  }
  return before;
}

WordSpace::WordSpace(const Matrix& vectors) : rows_(vectors) {
  for (std::size_t r = 0; r < vectors.shape(0); ++r) {
    Real squares = 0;
    for (std::size_t k = 0; k < vectors.shape(1); ++k) {
      squares += vectors(r, k) * vectors(r, k);
    }
    for (std::size_t k = 0; k < vectors.shape(1) && squares > 0; ++k) {
      rows_(r, k) = vectors(r, k) / std::sqrt(squares);
    }
  }
}

std::vector<Neighbour> WordSpace::nearest(std::span<const Real> query, std::size_t count,
                                          const IdVector& excluded) const {
  if (query.size() != rows_.shape(1)) {
    throw ShapeError("WordSpace::nearest: the query has the wrong size");
  }
  Matrix one({1, query.size()});
  std::copy(query.begin(), query.end(), one.begin());
  const Matrix cosines = cosine_similarity(one, rows_);
  std::vector<bool> used(rows_.shape(0));
  for (const Id id : excluded) {
    used[id] = true;
  }
  std::vector<Neighbour> words;
  while (words.size() < count) {
    Id best = used.size();
    for (Id id = 0; id < used.size(); ++id) {
      if (!used[id] && (best == used.size() || cosines(0, id) > cosines(0, best))) {
        best = id;
      }
    }
    if (best == used.size()) {
      break;
    }
    used[best] = true;
    words.push_back({best, cosines(0, best)});
  }
  return words;
}

std::vector<Neighbour> WordSpace::analogy(Id a, Id b, Id c, std::size_t count) const {
  for (const Id id : {a, b, c}) {
    if (id >= rows_.shape(0)) {
      throw IdError("WordSpace::analogy: an id is not in the vocabulary");
    }
  }
  std::vector<Real> query;
  for (std::size_t k = 0; k < rows_.shape(1); ++k) {
    query.push_back(rows_(c, k) + (rows_(b, k) - rows_(a, k)));
  }
  return nearest(query, count, {a, b, c});
}

}  // namespace nn
