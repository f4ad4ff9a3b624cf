// Views of whole rows; a stack in which the first layer is apart.
#include "06_lstm/stack.hpp"

#include <stdexcept>
#include <string>

#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

namespace nn {

StackedLSTM::StackedLSTM(std::size_t input_size, std::size_t hidden_size, std::size_t num_layers,
                         Real dropout_probability, Random& random)
    : dropout(dropout_probability) {
  if (num_layers == 0) {
    throw std::invalid_argument("StackedLSTM: at least one layer");
  }
  for (std::size_t width = input_size; layers.size() < num_layers; width = hidden_size) {
    layers.push_back(LSTM(width, hidden_size, random));
  }
}

Tensor3 StackedLSTM::forward(const Tensor3& x, const std::vector<LSTMState>& start, Mode mode, Cache& cache) const {
  if (start.size() != layers.size()) {
    throw ShapeError("StackedLSTM::forward: one state for each layer");
  }
  cache.layers = std::vector<LSTM::Cache>(layers.size());
  cache.dropout.clear();
  Tensor3 y = layers.front().forward(x, start.front(), cache.layers.front());
  for (std::size_t i = 1; i < layers.size(); ++i) {
    const Matrix rows = dropout.forward(merge_leading(y), mode, cache.dropout.emplace_back());
    y = layers[i].forward(split_leading(rows, y.shape(0), y.shape(1)), start[i], cache.layers[i]);
  }
  return y;
}

StackedLSTM::Gradients StackedLSTM::backward(const Tensor3& dy, const Cache& cache) {
  std::vector<LSTMState> dstart(layers.size());
  Tensor3 dx = dy;
  for (std::size_t i = layers.size() - 1; i > 0; --i) {
    auto [dlayer, dstate] = layers[i].backward(dx, cache.layers[i]);
    dstart[i] = dstate;
    const Matrix rows = dropout.backward(merge_leading(dlayer), cache.dropout[i - 1]);
    dx = split_leading(rows, dy.shape(0), dy.shape(1));
  }
  auto [dlayer, dstate] = layers[0].backward(dx, cache.layers[0]);
  dstart[0] = dstate;
  return {dlayer, dstart};
}

ParameterList StackedLSTM::parameters() {
  ParameterList list;
  std::size_t i = 0;
  for (LSTM& layer : layers) {
    append(list, "layer" + std::to_string(i++), layer.parameters());
  }
  return list;
}

std::vector<LSTMState> final_states(const StackedLSTM::Cache& cache) {
  std::vector<LSTMState> states(cache.layers.size());
  for (std::size_t i = 0; i < states.size(); ++i) {
    states[i] = final_state(cache.layers[i]);
  }
  return states;
}

Matrix last_rows(const Tensor3& y, const IdVector& lengths) {
  check_lengths("last_rows", lengths, y.shape(0), y.shape(1));
  Matrix rows = zeros({y.shape(1), y.shape(2)});
  for (std::size_t b = lengths.size(); b-- > 0;) {
    xt::row(rows, static_cast<std::ptrdiff_t>(b)) = xt::view(y, lengths(b) - 1, b);
  }
  return rows;
}

Tensor3 last_rows_backward(const Matrix& drows, const IdVector& lengths, std::size_t time) {
  check_lengths("last_rows_backward", lengths, time, drows.shape(0));
  Tensor3 dy = zeros({time, drows.shape(0), drows.shape(1)});
  for (std::size_t b = lengths.size(); b-- > 0;) {
    xt::view(dy, lengths(b) - 1, b) = xt::view(drows, b);
  }
  return dy;
}

SequenceClassifier::SequenceClassifier(const Options& options, Random& random)
    : lstm(options.input_size, options.hidden_size, options.num_layers, options.dropout_probability, random),
      dropout(options.dropout_probability),
      output(options.hidden_size, options.classes, random) {}

Matrix SequenceClassifier::forward(Tensor3 x, const IdVector& lengths, Mode mode, Cache& cache) const {
  clear_padding(x, lengths);
  const std::size_t batch = x.shape(1);
  const Tensor3 y = lstm.forward(x, lstm.zero_states(batch), mode, cache.lstm);
  cache.lengths = lengths;
  Matrix rows = last_rows(y, lengths);
  rows = dropout.forward(rows, mode, cache.dropout);
  return output.forward(rows, cache.output);
}

Tensor3 SequenceClassifier::backward(const Matrix& dlogits, const Cache& cache) {
  Matrix drows = output.backward(dlogits, cache.output);
  drows = dropout.backward(drows, cache.dropout);
  const Tensor3 dy = last_rows_backward(drows, cache.lengths, cache.lstm.layers.back().steps.size());
  return lstm.backward(dy, cache.lstm).dx;
}

ParameterList SequenceClassifier::parameters() {
  ParameterList list = {};
  append(list, "lstm", lstm.parameters());
  append(list, "output", output.parameters());
  return list;
}

}  // namespace nn
