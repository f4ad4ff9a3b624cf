// The layers of a stack one step at a time; the classifier adds rows that are multiplied by 1 or 0.
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
  if (num_layers < 1) {
    throw std::invalid_argument("StackedLSTM: no layers");
  }
  layers.emplace_back(input_size, hidden_size, random);
  while (layers.size() < num_layers) {
    layers.emplace_back(hidden_size, hidden_size, random);
  }
}

Tensor3 StackedLSTM::forward(const Tensor3& x, const std::vector<LSTMState>& start, Mode mode, Cache& cache) const {
  if (start.size() != layers.size()) {
    throw ShapeError("StackedLSTM::forward: one state for each layer");
  }
  cache = {std::vector<LSTM::Cache>(layers.size()), std::vector<Dropout::Cache>(layers.size() - 1)};
  Tensor3 y = x;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    y = layers[i].forward(y, start[i], cache.layers[i]);
    if (i + 1 < layers.size()) {
      const std::size_t time = y.shape(0), batch = y.shape(1);
      y = split_leading(dropout.forward(merge_leading(y), mode, cache.dropout[i]), time, batch);
    }
  }
  return y;
}

StackedLSTM::Gradients StackedLSTM::backward(const Tensor3& dy, const Cache& cache) {
  Gradients result{dy, {}};
  for (std::size_t i = layers.size(); i-- > 0;) {
    LSTM::Gradients layer = layers[i].backward(result.dx, cache.layers[i]);
    result.dx = layer.dx;
    result.dstart.insert(result.dstart.begin(), layer.dstart);
    if (i > 0) {
      for (std::size_t k = 0; k < result.dx.size(); ++k) {
        values(result.dx)[k] *= values(cache.dropout[i - 1].scale)[k];
      }
    }
  }
  return result;
}

ParameterList StackedLSTM::parameters() {
  ParameterList list;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    append(list, "layer" + std::to_string(i), layers[i].cell.parameters());
  }
  return list;
}

std::vector<LSTMState> final_states(const StackedLSTM::Cache& cache) {
  std::vector<LSTMState> states;
  for (const LSTM::Cache& layer : cache.layers) {
    states.push_back(final_state(layer));
  }
  return states;
}

Matrix last_rows(const Tensor3& y, const IdVector& lengths) {
  check_lengths("last_rows", lengths, y.shape(0), y.shape(1));
  Matrix rows = zeros({y.shape(1), y.shape(2)});
  for (std::size_t t = 0; t < y.shape(0); ++t) {
    for (std::size_t b = 0; b < y.shape(1); ++b) {
      for (std::size_t k = 0; k < y.shape(2); ++k) {
        rows(b, k) += t + 1 == lengths(b) ? y(t, b, k) : 0;
      }
    }
  }
  return rows;
}

Tensor3 last_rows_backward(const Matrix& drows, const IdVector& lengths, std::size_t time) {
  check_lengths("last_rows_backward", lengths, time, drows.shape(0));
  Tensor3 dy = zeros({time, drows.shape(0), drows.shape(1)});
  for (std::size_t t = 0; t < time; ++t) {
    for (std::size_t b = 0; b < drows.shape(0); ++b) {
      for (std::size_t k = 0; k < drows.shape(1); ++k) {
        dy(t, b, k) = t + 1 == lengths(b) ? drows(b, k) : 0;
      }
    }
  }
  return dy;
}

SequenceClassifier::SequenceClassifier(const Options& options, Random& random)
    : lstm(options.input_size, options.hidden_size, options.num_layers, options.dropout_probability, random),
      dropout(options.dropout_probability),
      output(options.hidden_size, options.classes, random) {}

Matrix SequenceClassifier::forward(Tensor3 x, const IdVector& lengths, Mode mode, Cache& cache) const {
  check_lengths("SequenceClassifier::forward", lengths, x.shape(0), x.shape(1));
  for (std::size_t t = 0; t < x.shape(0); ++t) {
    for (std::size_t b = 0; b < x.shape(1); ++b) {
      for (Real& number : row(x, t, b)) {
        number = t < lengths(b) ? number : 0;
      }
    }
  }
  const std::vector<LSTMState> start(lstm.layers.size(), zero_state(x.shape(1), lstm.layers[0].hidden_size()));
  const Matrix rows = last_rows(lstm.forward(x, start, mode, cache.lstm), lengths);
  cache.lengths = lengths;
  return output.forward(dropout.forward(rows, mode, cache.dropout), cache.output);
}

Tensor3 SequenceClassifier::backward(const Matrix& dlogits, const Cache& cache) {
  const Matrix drows = output.backward(dlogits, cache.output) * cache.dropout.scale;
  const std::size_t time = cache.lstm.layers[0].x.shape(0);
  return lstm.backward(last_rows_backward(drows, cache.lengths, time), cache.lstm).dx;
}

ParameterList SequenceClassifier::parameters() {
  ParameterList list;
  for (const ParameterRef& parameter : lstm.parameters()) {
    list.add(parameter.inside("lstm"));
  }
  append(list, "output", output.parameters());
  return list;
}

}  // namespace nn
