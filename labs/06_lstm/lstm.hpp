#pragma once

// Lab 06, tasks 6.1 to 6.3: long short-term memory. README.md explains and derives every formula; this file says
// exactly what each function does; you write the bodies in lstm.cpp, task by task. Tasks 6.4 and 6.5 are in stack.hpp.
//
// Throughout: a batch of sequences is a Tensor3 (time, batch, features), so that one step is a contiguous matrix
// (batch, features); dfoo is the gradient of the loss with respect to foo, with the shape of foo; backward adds to the
// gradients of parameters. Functions throw ShapeError if shapes do not fit.
//
// The four gates stand side by side in a row of 4 hidden_size numbers, in the order of PyTorch: i, f, g, o. Their
// weights are the quarters of one matrix, so that one product serves all four. There is one bias; PyTorch has two,
// which are always added (bias_ih + bias_hh).

#include <cstddef>
#include <vector>

#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/tensor.hpp"

namespace nn {

/// What an LSTM carries from step to step.
struct LSTMState {
  Matrix h;  // (batch, hidden_size), the hidden state: what the network shows
  Matrix c;  // (batch, hidden_size), the cell: what it remembers
};

/// Given: a state of zeros, from which a sequence usually starts.
inline LSTMState zero_state(std::size_t batch, std::size_t hidden_size) {
  return {zeros({batch, hidden_size}), zeros({batch, hidden_size})};
}

// 6.1 The gates

/// The elementwise part of a step, which has no parameters (Hochreiter and Schmidhuber 1997; with the forget gate of
/// Gers, Schmidhuber and Cummins 2000). A row of a consists of four quarters a_i, a_f, a_g, a_o, and
///   i = sigmoid(a_i), f = sigmoid(a_f), g = tanh(a_g), o = sigmoid(a_o),
///   c_next = f c + i g, h_next = o tanh(c_next), all elementwise.
class LSTMGates {
 public:
  struct Cache {
    Matrix gates;   // (batch, 4 hidden_size): i, f, g, o
    Matrix c;       // (batch, hidden_size), the cell before the step
    Matrix tanh_c;  // (batch, hidden_size), tanh(c_next)
  };
  struct Gradients {
    Matrix da;  // (batch, 4 hidden_size)
    Matrix dc;  // (batch, hidden_size)
  };
  /// a: (batch, 4 hidden_size), c: (batch, hidden_size) -> h_next and c_next.
  LSTMState forward(Matrix a, const Matrix& c, Cache& cache) const;

  /// dnext: the gradients with respect to h_next and c_next. That of c_next is what comes from the step after; what
  /// reaches c_next through h_next is added here. -> da and dc.
  Gradients backward(const LSTMState& dnext, const Cache& cache) const;
};

// 6.2 One step

/// One step of an LSTM: LSTMGates of a = x weight_ih + h weight_hh + bias.
class LSTMCell {
 public:
  struct Cache {
    Matrix x;  // (batch, input_size)
    Matrix h;  // (batch, hidden_size), before the step
    LSTMGates::Cache gates;
  };
  struct Gradients {
    Matrix dx;         // (batch, input_size)
    LSTMState dstate;  // with respect to the state before the step
  };
  /// Initial weights: first weight_ih by glorot_uniform of lab 02, then weight_hh by orthogonal of lab 03. The bias of
  /// the forget gate, a quarter of `bias`, is forget_bias, so that a new network remembers (Gers et al. 2000;
  /// Jozefowicz, Zaremba and Sutskever 2015); the other three quarters are zero.
  LSTMCell(std::size_t input_size, std::size_t hidden_size, Random& random, Real forget_bias = 1);

  /// x: (batch, input_size), state: the h and c before the step -> those after it.
  LSTMState forward(const Matrix& x, const LSTMState& state, Cache& cache) const;

  /// dnext: the gradients with respect to the state after the step -> dx and dstate. Adds to the gradients of
  /// weight_ih, weight_hh and bias.
  Gradients backward(const LSTMState& dnext, const Cache& cache);

  ParameterList parameters() { return {{"weight_ih", weight_ih}, {"weight_hh", weight_hh}, {"bias", bias}}; }

  Parameter<2> weight_ih;  // (input_size, 4 hidden_size)
  Parameter<2> weight_hh;  // (hidden_size, 4 hidden_size)
  Parameter<1> bias;       // (4 hidden_size)
};

// 6.3 A sequence

/// The same cell, with the same weights, at every step.
class LSTM {
 public:
  struct Cache {
    Tensor3 x;                            // (time, batch, input_size)
    Tensor3 h;                            // (time + 1, batch, hidden_size): that of the start, then after each step
    Matrix c;                             // (batch, hidden_size), after the last step
    std::vector<LSTMGates::Cache> steps;  // one for each step
  };
  struct Gradients {
    Tensor3 dx;        // (time, batch, input_size)
    LSTMState dstart;  // with respect to the state before the first step
  };
  LSTM(std::size_t input_size, std::size_t hidden_size, Random& random, Real forget_bias = 1)
      : cell(input_size, hidden_size, random, forget_bias) {}

  /// x: (time, batch, input_size), start: the state before the first step -> y: (time, batch, hidden_size), the hidden
  /// state after each step. The products of x with weight_ih for all steps are one product. Throws ShapeError if x has
  /// no steps.
  Tensor3 forward(const Tensor3& x, const LSTMState& start, Cache& cache) const;

  /// dy: (time, batch, hidden_size), what each hidden state gets from outside, not through the next step -> dx and
  /// dstart. Nothing from outside reaches the cells. Adds to the gradients of the cell's parameters: each of these is
  /// one product or one sum over all steps, and so is dx.
  Gradients backward(const Tensor3& dy, const Cache& cache);

  /// "weight_ih", "weight_hh", "bias".
  ParameterList parameters() { return cell.parameters(); }

  std::size_t hidden_size() const { return cell.weight_hh.value.shape(0); }

  LSTMCell cell;
};

/// The state after the last step of a call to LSTM::forward. Where a long text is read in windows, the next window
/// starts from it, from h and from c.
LSTMState final_state(const LSTM::Cache& cache);

}  // namespace nn
