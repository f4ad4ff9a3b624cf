#include "05_rnn/character_model.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "01_tensors/tensors.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"
#include "train/batches.hpp"

namespace nn {

// 5.5 The loss of a sequence

Real SequenceLoss::forward(const Tensor3& logits, const IdMatrix& targets, const IdVector& lengths,
                           Cache& cache) const {
  const auto [time, batch, classes] = logits.shape();
  check_shape("SequenceLoss::forward", "targets", targets, {time, batch});
  check_lengths("SequenceLoss::forward", lengths, time, batch);
  cache.lengths = lengths;
  cache.time = time;

  // The loss of the rows that are not padding
  const std::vector<std::size_t> rows = rows_before_end(lengths, time);
  return CrossEntropyLoss().forward(gather_rows(merge_leading(logits), rows), gather(merge_leading(targets), rows),
                                    cache.rows);
}

Tensor3 SequenceLoss::backward(const Cache& cache) const {
  // Each row back to where it was; padding keeps its zeros
  const Matrix dlogits = CrossEntropyLoss().backward(cache.rows);
  const std::vector<std::size_t> rows = rows_before_end(cache.lengths, cache.time);
  Matrix all = zeros({cache.time * cache.lengths.size(), dlogits.shape(1)});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::ranges::copy(row(dlogits, i), row(all, rows[i]).begin());
  }
  return split_leading(std::move(all), cache.time, cache.lengths.size());
}

// 5.6 The character model

Tensor3 CharacterModel::forward(const IdMatrix& inputs, const Matrix& h0, Cache& cache) const {
  const auto [time, batch] = inputs.shape();
  const Tensor3 x = split_leading(one_hot(merge_leading(inputs), vocab_size()), time, batch);
  Tensor3 h = rnn.forward(x, h0, cache.rnn);
  return split_leading(output.forward(merge_leading(std::move(h)), cache.output), time, batch);
}

void CharacterModel::backward(const Tensor3& dlogits, const Cache& cache) {
  const auto [time, batch, vocab_size] = dlogits.shape();
  rnn.backward(split_leading(output.backward(merge_leading(dlogits), cache.output), time, batch), cache.rnn);
}

ParameterList CharacterModel::parameters() {
  ParameterList list;
  append(list, "rnn", rnn.parameters());
  append(list, "output", output.parameters());
  return list;
}

Id sample_id(std::span<const Real> logits, Real temperature, Random& random) {
  if (!(temperature > 0)) {
    throw std::invalid_argument("sample_id: the temperature must be above 0");
  }
  if (logits.empty()) {
    throw ShapeError("sample_id: there are no logits");
  }
  Matrix scaled({1, logits.size()});
  std::ranges::transform(logits, scaled.begin(), [&](Real logit) { return logit / temperature; });
  const Matrix probabilities = softmax(scaled);

  // The first id at which the sum of the probabilities is larger than the draw; the last one if rounding kept it below
  const Real draw = random.uniform();
  Real sum = 0;
  for (Id id = 0; id + 1 < logits.size(); ++id) {
    sum += probabilities(0, id);
    if (draw < sum) {
      return id;
    }
  }
  return logits.size() - 1;
}

IdVector generate(const CharacterModel& model, const IdVector& prompt, const GenerateOptions& options, Random& random) {
  if (prompt.size() == 0) {
    throw ShapeError("generate: the prompt is empty; the model needs something to read first");
  }
  CharacterModel::Cache cache;
  std::vector<Id> text;
  IdMatrix next = split_leading(prompt, prompt.size(), 1);
  Matrix h = zeros({1, model.hidden_size()});
  while (text.size() < options.max_length) {
    // Read what is new, and draw from the logits of the last step
    const Tensor3 logits = model.forward(next, h, cache);
    h = final_state(cache.rnn);
    const Id id = sample_id(row(logits, logits.shape(0) - 1, 0), options.temperature, random);
    if (id == options.stop) {
      break;
    }
    text.push_back(id);
    next = IdMatrix{{id}};
  }
  IdVector result = IdVector::from_shape({text.size()});
  std::ranges::copy(text, result.begin());
  return result;
}

}  // namespace nn
