#include "05_rnn/character_model.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

namespace nn {

namespace {

/// Logits / temperature -> probabilities.
std::vector<Real> probabilities_of(std::span<const Real> logits, Real temperature) {
  Real largest = logits[0];
  for (const Real logit : logits) {
    largest = std::max(largest, logit);
  }
  std::vector<Real> p;
  Real sum = 0;
  for (const Real logit : logits) {
    p.push_back(std::exp((logit - largest) / temperature));
    sum += p.back();
  }
  for (Real& number : p) {
    number /= sum;
  }
  return p;
}

}  // namespace

// 5.5 The loss of a sequence

Real SequenceLoss::forward(const Tensor3& logits, const IdMatrix& targets, const IdVector& lengths,
                           Cache& cache) const {
  const auto [time, batch, classes] = logits.shape();
  check_shape("SequenceLoss::forward", "targets", targets, {time, batch});
  check_lengths("SequenceLoss::forward", lengths, time, batch);
  cache.time = time;
  cache.lengths = lengths;
  std::size_t count = 0;
  for (const Id length : lengths) {
    count += length;
  }
  cache.rows = {zeros({count, classes}), IdVector::from_shape({count})};
  Real loss = 0;
  std::size_t r = 0;
  for (std::size_t t = 0; t < time; ++t) {
    for (std::size_t b = 0; b < batch; ++b) {
      if (t >= lengths(b)) {
        continue;
      }
      if (targets(t, b) >= classes) {
        throw IdError("SequenceLoss::forward: a target is not a class");
      }
      const std::vector<Real> p = probabilities_of(row(logits, t, b), 1);
      std::ranges::copy(p, row(cache.rows.probabilities, r).begin());
      cache.rows.targets(r++) = targets(t, b);
      loss -= std::log(p[targets(t, b)]);
    }
  }
  return loss / static_cast<Real>(count);
}

Tensor3 SequenceLoss::backward(const Cache& cache) const {
  const auto [count, classes] = cache.rows.probabilities.shape();
  Tensor3 dlogits = zeros({cache.time, cache.lengths.size(), classes});
  std::size_t r = 0;
  for (std::size_t t = 0; t < cache.time; ++t) {
    for (std::size_t b = 0; b < cache.lengths.size(); ++b) {
      if (t < cache.lengths(b)) {
        for (std::size_t k = 0; k < classes; ++k) {
          const Real wanted = cache.rows.targets(r) == k ? Real{1} : Real{0};
          dlogits(t, b, k) = (cache.rows.probabilities(r, k) - wanted) / static_cast<Real>(count);
        }
        ++r;
      }
    }
  }
  return dlogits;
}

// 5.6 The character model

Tensor3 CharacterModel::forward(const IdMatrix& inputs, const Matrix& h0, Cache& cache) const {
  const auto [time, batch] = inputs.shape();
  check_ids("CharacterModel::forward", inputs, vocab_size());
  Tensor3 x = zeros({time, batch, vocab_size()});
  for (std::size_t t = 0; t < time; ++t) {
    for (std::size_t b = 0; b < batch; ++b) {
      x(t, b, inputs(t, b)) = 1;
    }
  }
  rnn.forward(x, h0, cache.rnn);
  cache.output.x = merge_leading(time_steps(cache.rnn.states, 1, time));
  Tensor3 logits = zeros({time, batch, vocab_size()});
  for (std::size_t r = 0; r < time * batch; ++r) {
    for (std::size_t k = 0; k < vocab_size(); ++k) {
      Real logit = output.bias.value(k);
      for (std::size_t j = 0; j < hidden_size(); ++j) {
        logit += cache.output.x(r, j) * output.weight.value(j, k);
      }
      logits(r / batch, r % batch, k) = logit;
    }
  }
  return logits;
}

void CharacterModel::backward(const Tensor3& dlogits, const Cache& cache) {
  const auto [time, batch, classes] = dlogits.shape();
  Tensor3 dh = zeros({time, batch, hidden_size()});
  for (std::size_t r = 0; r < time * batch; ++r) {
    for (std::size_t k = 0; k < classes; ++k) {
      const Real dlogit = dlogits(r / batch, r % batch, k);
      output.bias.grad(k) += dlogit;
      for (std::size_t j = 0; j < hidden_size(); ++j) {
        output.weight.grad(j, k) += cache.output.x(r, j) * dlogit;
        dh(r / batch, r % batch, j) += output.weight.value(j, k) * dlogit;
      }
    }
  }
  rnn.backward(dh, cache.rnn);
}

ParameterList CharacterModel::parameters() {
  ParameterList list;
  append(list, "rnn", rnn.parameters());
  append(list, "output", output.parameters());
  return list;
}

Id sample_id(std::span<const Real> logits, Real temperature, Random& random) {
  if (!(temperature > 0)) {
    throw std::invalid_argument("sample_id: the temperature is not above 0");
  }
  if (logits.empty()) {
    throw ShapeError("sample_id: no logits");
  }
  const std::vector<Real> p = probabilities_of(logits, temperature);
  Real left = random.uniform();
  for (Id id = 0; id < p.size(); ++id) {
    left -= p[id];
    if (left < 0) {
      return id;
    }
  }
  return p.size() - 1;
}

IdVector generate(const CharacterModel& model, const IdVector& prompt, const GenerateOptions& options, Random& random) {
  if (prompt.size() == 0) {
    throw ShapeError("generate: no prompt");
  }
  // Reads the whole text again for every character
  std::vector<Id> all(prompt.begin(), prompt.end());
  CharacterModel::Cache cache;
  check_ids("generate", prompt, model.vocab_size());
  while (all.size() < prompt.size() + options.max_length) {
    IdMatrix inputs = IdMatrix::from_shape({all.size(), 1});
    std::ranges::copy(all, inputs.begin());
    const Tensor3 logits = model.forward(inputs, zeros({1, model.hidden_size()}), cache);
    const Id id = sample_id(row(logits, all.size() - 1, 0), options.temperature, random);
    if (id == options.stop) {
      break;
    }
    all.push_back(id);
  }
  IdVector result = IdVector::from_shape({all.size() - prompt.size()});
  std::copy(all.begin() + static_cast<std::ptrdiff_t>(prompt.size()), all.end(), result.begin());
  return result;
}

}  // namespace nn
