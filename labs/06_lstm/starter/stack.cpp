#include "06_lstm/stack.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "nn/not_implemented.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

// Replace each not_implemented() with your code; stack.hpp says what it must do. When everything is written, delete the
// next line: then the compiler warns about every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 6.4 Layers

StackedLSTM::StackedLSTM(std::size_t input_size, std::size_t hidden_size, std::size_t num_layers,
                         Real dropout_probability, Random& random)
    : dropout(dropout_probability) {
  // Refuse a stack of no layers
  // Make the layers: layers.emplace_back(...). What does layer 1 read?
  not_implemented();
}

Tensor3 StackedLSTM::forward(const Tensor3& x, const std::vector<LSTMState>& start, Mode mode, Cache& cache) const {
  // Check that there is a state for each layer
  // Make room in the cache
  // Layer after layer, each from its own start; between two of them dropout, which takes rows (tensor/reshape.hpp)
  not_implemented();
}

StackedLSTM::Gradients StackedLSTM::backward(const Tensor3& dy, const Cache& cache) {
  // Read forward from its last line to its first
  not_implemented();
}

ParameterList StackedLSTM::parameters() {
  // Append the list of each layer with its prefix: append (nn/parameter.hpp)
  not_implemented();
}

std::vector<LSTMState> final_states(const StackedLSTM::Cache& cache) {
  // The final state of each layer
  not_implemented();
}

// 6.5 A classifier

Matrix last_rows(const Tensor3& y, const IdVector& lengths) {
  // Check the lengths: check_lengths (tensor/sequences.hpp)
  // Of each sequence, copy the row at its last step
  not_implemented();
}

Tensor3 last_rows_backward(const Matrix& drows, const IdVector& lengths, std::size_t time) {
  // Check the lengths
  // Each row goes back to where it came from; all others had no part in the loss
  not_implemented();
}

SequenceClassifier::SequenceClassifier(const Options& options, Random& random)
    : lstm(options.input_size, options.hidden_size, options.num_layers, options.dropout_probability, random),
      dropout(options.dropout_probability),
      output(options.hidden_size, options.classes, random) {}

Matrix SequenceClassifier::forward(Tensor3 x, const IdVector& lengths, Mode mode, Cache& cache) const {
  // Clear the padding (tensor/sequences.hpp): 0 times NaN is NaN
  // lstm from zero_states, last_rows, dropout, output
  not_implemented();
}

Tensor3 SequenceClassifier::backward(const Matrix& dlogits, const Cache& cache) {
  // Read forward from its last line to its first; the cache of lstm knows how many steps there were
  not_implemented();
}

ParameterList SequenceClassifier::parameters() {
  // Those of lstm, then those of output
  not_implemented();
}

}  // namespace nn
