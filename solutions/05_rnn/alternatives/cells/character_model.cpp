#include "05_rnn/character_model.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "01_tensors/tensors.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

namespace nn {

// 5.5 The loss of a sequence

Real SequenceLoss::forward(const Tensor3& logits, const IdMatrix& targets, const IdVector& lengths,
                           Cache& cache) const {
  check_shape("SequenceLoss::forward", "targets", targets, {logits.shape(0), logits.shape(1)});
  check_lengths("SequenceLoss::forward", lengths, logits.shape(0), logits.shape(1));
  cache.lengths = lengths;
  cache.time = logits.shape(0);

  // Copy the rows that count, one by one, and take their losses by hand
  const std::size_t count = rows_before_end(lengths, cache.time).size();
  Matrix rows = zeros({count, logits.shape(2)});
  cache.rows.targets = IdVector::from_shape({count});
  std::size_t r = 0;
  for (std::size_t t = 0; t < cache.time; ++t) {
    for (std::size_t b = 0; b < lengths.size(); ++b) {
      if (t < lengths(b)) {
        xt::view(rows, r) = xt::view(logits, t, b);
        cache.rows.targets(r++) = targets(t, b);
      }
    }
  }
  cache.rows.probabilities = softmax(rows);
  const Vector losses = logsumexp(rows) - pick(rows, cache.rows.targets);
  return xt::sum(losses)() / static_cast<Real>(count);
}

Tensor3 SequenceLoss::backward(const Cache& cache) const {
  Tensor3 dlogits = zeros({cache.time, cache.lengths.size(), cache.rows.probabilities.shape(1)});
  const Matrix& p = cache.rows.probabilities;
  const auto count = static_cast<Real>(p.shape(0));
  std::size_t r = 0;
  for (std::size_t t = 0; t < cache.time; ++t) {
    for (std::size_t b = 0; b < cache.lengths.size(); ++b) {
      if (t < cache.lengths(b)) {
        xt::view(dlogits, t, b) = xt::view(p, r) / count;
        dlogits(t, b, cache.rows.targets(r++)) -= 1 / count;
      }
    }
  }
  return dlogits;
}

// 5.6 The character model

Tensor3 CharacterModel::forward(const IdMatrix& inputs, const Matrix& h0, Cache& cache) const {
  check_ids("CharacterModel::forward", inputs, vocab_size());
  Tensor3 x = zeros({inputs.shape(0), inputs.shape(1), vocab_size()});
  for (std::size_t t = 0; t < inputs.shape(0); ++t) {
    for (std::size_t b = 0; b < inputs.shape(1); ++b) {
      x(t, b, inputs(t, b)) = 1;
    }
  }
  const Matrix h = merge_leading(rnn.forward(x, h0, cache.rnn));
  return split_leading(output.forward(h, cache.output), inputs.shape(0), inputs.shape(1));
}

void CharacterModel::backward(const Tensor3& dlogits, const Cache& cache) {
  Matrix dh = output.backward(merge_leading(dlogits), cache.output);
  rnn.backward(split_leading(std::move(dh), dlogits.shape(0), dlogits.shape(1)), cache.rnn);
}

ParameterList CharacterModel::parameters() {
  ParameterList list;
  append(list, "rnn", rnn.parameters());
  append(list, "output", output.parameters());
  return list;
}

Id sample_id(std::span<const Real> logits, Real temperature, Random& random) {
  if (logits.empty()) {
    throw ShapeError("sample_id: no logits");
  }
  if (temperature <= 0) {
    throw std::invalid_argument("sample_id: temperature");
  }
  // The draw, as a share of the sum of e^(logit - largest) that is used up id by id
  const Real largest = std::ranges::max(logits);
  const auto weight = [&](Id id) { return std::exp((logits[id] - largest) / temperature); };
  Real all = 0;
  for (Id id = 0; id < logits.size(); ++id) {
    all += weight(id);
  }
  Real left = random.uniform() * all;
  Id id = 0;
  while (id + 1 < logits.size() && left >= weight(id)) {
    left -= weight(id++);
  }
  return id;
}

IdVector generate(const CharacterModel& model, const IdVector& prompt, const GenerateOptions& options, Random& random) {
  if (prompt.size() == 0) {
    throw ShapeError("generate: no prompt");
  }
  // One character after the other, the prompt too
  CharacterModel::Cache cache;
  Matrix h = zeros({1, model.hidden_size()});
  Vector logits;
  const auto read = [&](Id id) {
    logits = xt::view(model.forward(IdMatrix{{id}}, h, cache), 0, 0);
    h = final_state(cache.rnn);
  };
  for (const Id id : prompt) {
    read(id);
  }
  std::vector<Id> text;
  for (std::size_t i = 0; i < options.max_length; ++i) {
    const Id id = sample_id(values(logits), options.temperature, random);
    if (id == options.stop) {
      break;
    }
    text.push_back(id);
    read(id);
  }
  IdVector result = IdVector::from_shape({text.size()});
  std::ranges::copy(text, result.begin());
  return result;
}

}  // namespace nn
