#include "06_lstm/stack.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <string>

#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

namespace nn {

// 6.4 Layers

StackedLSTM::StackedLSTM(std::size_t input_size, std::size_t hidden_size, std::size_t num_layers,
                         Real dropout_probability, Random& random)
    : dropout(dropout_probability) {
  if (num_layers == 0) {
    throw std::invalid_argument("StackedLSTM: num_layers is 0; there must be one layer at least");
  }
  for (std::size_t i = 0; i < num_layers; ++i) {
    layers.emplace_back(i == 0 ? input_size : hidden_size, hidden_size, random);
  }
}

Tensor3 StackedLSTM::forward(const Tensor3& x, const std::vector<LSTMState>& start, Mode mode, Cache& cache) const {
  if (start.size() != layers.size()) {
    throw ShapeError(fmt::format("StackedLSTM::forward: start has {} states, expected {}, one for each layer",
                                 start.size(), layers.size()));
  }
  cache.layers.resize(layers.size());
  cache.dropout.resize(layers.size() - 1);
  Tensor3 y = layers[0].forward(x, start[0], cache.layers[0]);
  for (std::size_t i = 1; i < layers.size(); ++i) {
    const auto [time, batch, n] = y.shape();
    Matrix dropped = dropout.forward(merge_leading(std::move(y)), mode, cache.dropout[i - 1]);
    y = layers[i].forward(split_leading(std::move(dropped), time, batch), start[i], cache.layers[i]);
  }
  return y;
}

StackedLSTM::Gradients StackedLSTM::backward(const Tensor3& dy, const Cache& cache) {
  Gradients gradients{dy, std::vector<LSTMState>(layers.size())};
  for (std::size_t i = layers.size(); i-- > 0;) {
    LSTM::Gradients layer = layers[i].backward(gradients.dx, cache.layers[i]);
    gradients.dstart[i] = std::move(layer.dstart);
    gradients.dx = std::move(layer.dx);
    if (i > 0) {
      const auto [time, batch, n] = gradients.dx.shape();
      Matrix dropped = dropout.backward(merge_leading(std::move(gradients.dx)), cache.dropout[i - 1]);
      gradients.dx = split_leading(std::move(dropped), time, batch);
    }
  }
  return gradients;
}

ParameterList StackedLSTM::parameters() {
  ParameterList list;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    append(list, "layer" + std::to_string(i), layers[i].parameters());
  }
  return list;
}

std::vector<LSTMState> final_states(const StackedLSTM::Cache& cache) {
  std::vector<LSTMState> states;
  std::ranges::transform(cache.layers, std::back_inserter(states), final_state);
  return states;
}

// 6.5 A classifier

Matrix last_rows(const Tensor3& y, const IdVector& lengths) {
  const auto [time, batch, n] = y.shape();
  check_lengths("last_rows", lengths, time, batch);
  Matrix rows({batch, n});
  for (std::size_t b = 0; b < batch; ++b) {
    std::ranges::copy(row(y, lengths(b) - 1, b), row(rows, b).begin());
  }
  return rows;
}

Tensor3 last_rows_backward(const Matrix& drows, const IdVector& lengths, std::size_t time) {
  const auto [batch, n] = drows.shape();
  check_lengths("last_rows_backward", lengths, time, batch);
  Tensor3 dy = zeros({time, batch, n});
  for (std::size_t b = 0; b < batch; ++b) {
    std::ranges::copy(row(drows, b), row(dy, lengths(b) - 1, b).begin());
  }
  return dy;
}

SequenceClassifier::SequenceClassifier(const Options& options, Random& random)
    : lstm(options.input_size, options.hidden_size, options.num_layers, options.dropout_probability, random),
      dropout(options.dropout_probability),
      output(options.hidden_size, options.classes, random) {}

Matrix SequenceClassifier::forward(Tensor3 x, const IdVector& lengths, Mode mode, Cache& cache) const {
  // Even a NaN in the padding must not reach a product
  clear_padding(x, lengths);
  cache.lengths = lengths;
  const Tensor3 y = lstm.forward(x, lstm.zero_states(x.shape(1)), mode, cache.lstm);
  return output.forward(dropout.forward(last_rows(y, lengths), mode, cache.dropout), cache.output);
}

Tensor3 SequenceClassifier::backward(const Matrix& dlogits, const Cache& cache) {
  const Matrix drows = dropout.backward(output.backward(dlogits, cache.output), cache.dropout);
  const std::size_t time = cache.lstm.layers.front().steps.size();
  return lstm.backward(last_rows_backward(drows, cache.lengths, time), cache.lstm).dx;
}

ParameterList SequenceClassifier::parameters() {
  ParameterList list;
  append(list, "lstm", lstm.parameters());
  append(list, "output", output.parameters());
  return list;
}

}  // namespace nn
