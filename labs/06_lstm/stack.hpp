#pragma once

// Lab 06, tasks 6.4 and 6.5: layers of LSTMs, and a classifier of whole sequences. README.md explains; you write the
// bodies in stack.cpp. lstm.hpp says what holds throughout.

#include <cstddef>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "06_lstm/lstm.hpp"
#include "nn/mode.hpp"
#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/tensor.hpp"

namespace nn {

// 6.4 Layers

/// LSTMs one above the other: each reads the hidden states of the one below. Between two layers there is dropout, on
/// the way up only, never from step to step (Zaremba, Sutskever and Vinyals 2014); none below the first layer and none
/// above the last, as in PyTorch.
class StackedLSTM {
 public:
  struct Cache {
    std::vector<LSTM::Cache> layers;      // one for each layer
    std::vector<Dropout::Cache> dropout;  // one between each two layers
  };
  struct Gradients {
    Tensor3 dx;                     // (time, batch, input_size)
    std::vector<LSTMState> dstart;  // one for each layer
  };
  /// Makes the layers from below to above, each with hidden_size and a forget bias of 1. Throws std::invalid_argument
  /// if num_layers is 0, and what Dropout throws.
  StackedLSTM(std::size_t input_size, std::size_t hidden_size, std::size_t num_layers, Real dropout_probability,
              Random& random);

  /// x: (time, batch, input_size), start: for each layer the state before the first step -> y: (time, batch,
  /// hidden_size), the hidden states of the last layer. In training, the dropout above layer 0 draws first, for its
  /// rows (time * batch, hidden_size), then the one above layer 1, and so on. Throws ShapeError if there is not one
  /// state for each layer.
  Tensor3 forward(const Tensor3& x, const std::vector<LSTMState>& start, Mode mode, Cache& cache) const;

  /// dy: (time, batch, hidden_size) -> dx, and dstart for each layer. Adds to the gradients of all parameters.
  Gradients backward(const Tensor3& dy, const Cache& cache);

  /// "layer0.weight_ih", "layer0.weight_hh", "layer0.bias", "layer1.weight_ih", ...
  ParameterList parameters();

  /// Given: for each layer a state of zeros.
  std::vector<LSTMState> zero_states(std::size_t batch) const {
    return {layers.size(), zero_state(batch, layers.at(0).hidden_size())};
  }

  std::vector<LSTM> layers;
  Dropout dropout;
};

/// For each layer the state after the last step of a call to StackedLSTM::forward.
std::vector<LSTMState> final_states(const StackedLSTM::Cache& cache);

// 6.5 A classifier. lengths: (batch), each between 1 and time; the steps of a sequence behind its end are padding.
// Padding changes nothing, whatever it contains. All throw ShapeError if lengths are different from this.

/// y: (time, batch, n) -> (batch, n): of each sequence, the row at its own last step.
Matrix last_rows(const Tensor3& y, const IdVector& lengths);

/// drows: (batch, n) -> dy: (time, batch, n), for sequences padded to `time` steps.
Tensor3 last_rows_backward(const Matrix& drows, const IdVector& lengths, std::size_t time);

/// The class of a whole sequence: a StackedLSTM from a state of zeros, dropout on its hidden state at the sequence's
/// own end, and Linear.
class SequenceClassifier {
 public:
  struct Cache {
    StackedLSTM::Cache lstm;
    Dropout::Cache dropout;
    Linear::Cache output;
    IdVector lengths;  // (batch)
  };
  struct Options {
    std::size_t input_size;
    std::size_t hidden_size;
    std::size_t num_layers = 1;
    std::size_t classes = 2;
    Real dropout_probability = 0;  // between layers, and before the output layer
  };
  /// Makes lstm, then output.
  SequenceClassifier(const Options& options, Random& random);

  /// x: (time, batch, input_size), lengths: (batch) -> logits: (batch, classes). In training, lstm draws first.
  Matrix forward(Tensor3 x, const IdVector& lengths, Mode mode, Cache& cache) const;

  /// dlogits: (batch, classes) -> dx: (time, batch, input_size), 0 behind the end of each sequence. Adds to the
  /// gradients of all parameters.
  Tensor3 backward(const Matrix& dlogits, const Cache& cache);

  /// "lstm.layer0.weight_ih", ..., "output.weight", "output.bias".
  ParameterList parameters();

  StackedLSTM lstm;
  Dropout dropout;
  Linear output;  // (hidden_size, classes)
};

}  // namespace nn
