#pragma once

// Lab 05, tasks 5.1 to 5.4: recurrent networks. README.md explains and derives every formula; this file says exactly
// what each function does; you write the bodies in rnn.cpp, task by task. Tasks 5.5 and 5.6 are in character_model.hpp.
//
// Throughout: a batch of sequences is a Tensor3 (time, batch, features), so that one step is a contiguous matrix
// (batch, features); dfoo is the gradient of the loss with respect to foo, with the shape of foo; backward adds to the
// gradients of parameters. Functions throw ShapeError if shapes do not fit.

#include <cstddef>
#include <vector>

#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/tensor.hpp"

namespace nn {

// 5.1 One step

/// One step of a recurrent network: h_next = tanh(x weight_ih + h weight_hh + bias), for each row (Elman 1990;
/// Goodfellow et al. 2016, eq. 10.8 and 10.9).
class RNNCell {
 public:
  struct Cache {
    Matrix x;       // (batch, input_size)
    Matrix h;       // (batch, hidden_size), the state before the step
    Matrix h_next;  // (batch, hidden_size), the state after it
  };
  struct Gradients {
    Matrix dx;  // (batch, input_size)
    Matrix dh;  // (batch, hidden_size)
  };
  /// Initial weights: first weight_ih by glorot_uniform of lab 02, then weight_hh by orthogonal of lab 03, which keeps
  /// the norm of the state (Saxe, McClelland and Ganguli 2014); bias zero.
  RNNCell(std::size_t input_size, std::size_t hidden_size, Random& random);

  /// x: (batch, input_size), h: (batch, hidden_size) -> h_next: (batch, hidden_size).
  Matrix forward(const Matrix& x, const Matrix& h, Cache& cache) const;

  /// dh_next: (batch, hidden_size) -> dx and dh. Adds to the gradients of weight_ih, weight_hh and bias.
  Gradients backward(const Matrix& dh_next, const Cache& cache);

  ParameterList parameters() { return {{"weight_ih", weight_ih}, {"weight_hh", weight_hh}, {"bias", bias}}; }

  Parameter<2> weight_ih;  // (input_size, hidden_size)
  Parameter<2> weight_hh;  // (hidden_size, hidden_size)
  Parameter<1> bias;       // (hidden_size)
};

// 5.2 A sequence: backpropagation through time

/// The same cell, with the same weights, at every step: h_t = tanh(x_t weight_ih + h_{t-1} weight_hh + bias).
class RNN {
 public:
  struct Cache {
    Tensor3 x;       // (time, batch, input_size)
    Tensor3 states;  // (time + 1, batch, hidden_size): h0, then the state after each step
  };
  struct Gradients {
    Tensor3 dx;  // (time, batch, input_size)
    Matrix dh0;  // (batch, hidden_size)
  };
  RNN(std::size_t input_size, std::size_t hidden_size, Random& random) : cell(input_size, hidden_size, random) {}

  /// x: (time, batch, input_size), h0: (batch, hidden_size), the state before the first step -> y: (time, batch,
  /// hidden_size), the state after each step. The products of x with weight_ih for all steps are one product. Throws
  /// ShapeError if x has no steps.
  Tensor3 forward(const Tensor3& x, const Matrix& h0, Cache& cache) const;

  /// dy: (time, batch, hidden_size), what each state gets from outside, not through the next step -> dx and dh0. Adds
  /// to the gradients of the cell's parameters. Each of these is one product or one sum over all steps, and so is dx
  /// (Werbos 1990; Goodfellow et al. 2016, section 10.2.2).
  Gradients backward(const Tensor3& dy, const Cache& cache);

  /// "weight_ih", "weight_hh", "bias".
  ParameterList parameters() { return cell.parameters(); }

  RNNCell cell;
};

// 5.3 Truncated backpropagation: a long sequence in windows

/// The state after the last step of a call to RNN::forward: (batch, hidden_size). The next window starts from it.
Matrix final_state(const RNN::Cache& cache);

/// Runs the network over x: (time, batch, input_size) in windows of `window` steps, of which the last may have fewer,
/// with a cache for each. The first window starts from h0: (batch, hidden_size), every other one from the state in
/// which the window before it ended; so y: (time, batch, hidden_size) is that of rnn.forward. Throws
/// std::invalid_argument if window is 0, ShapeError if x has no steps.
Tensor3 forward_windows(const RNN& rnn, const Tensor3& x, const Matrix& h0, std::size_t window,
                        std::vector<RNN::Cache>& caches);

/// dy: (time, batch, hidden_size) -> dx: (time, batch, input_size). Each window by itself: the state in which it starts
/// counts as a constant, and no gradient flows from a window into the one before it (Williams and Peng 1990; Sutskever
/// 2013, section 2.8.6). Adds to the gradients of the network's parameters, from all windows. Throws ShapeError if dy
/// does not have the shape of forward_windows' result.
Tensor3 backward_windows(RNN& rnn, const Tensor3& dy, const std::vector<RNN::Cache>& caches);

// 5.4 Both directions, and sequences of different lengths. lengths: (batch), each between 1 and time; the steps of a
// sequence behind its end are padding. Padding changes nothing, bit for bit, whatever it contains. All throw ShapeError
// if lengths are different from this.

/// x: (time, batch, n) -> the same shape: each sequence in reversed order, its first step last, within its own length;
/// padding is 0. Twice gives x again, apart from the padding.
Tensor3 reverse_sequences(const Tensor3& x, const IdVector& lengths);

/// Two networks that read each sequence from its first step to its last, and from its last to its first (Schuster and
/// Paliwal 1997). Both start from a state of zeros.
class BidirectionalRNN {
 public:
  struct Cache {
    RNN::Cache forward, backward;
    IdVector lengths;  // (batch)
  };
  /// Makes forward_rnn, then backward_rnn.
  BidirectionalRNN(std::size_t input_size, std::size_t hidden_size, Random& random)
      : forward_rnn(input_size, hidden_size, random), backward_rnn(input_size, hidden_size, random) {}

  /// x: (time, batch, input_size) -> y: (time, batch, 2 hidden_size). The first half of a row is the state of
  /// forward_rnn after it has read this step and all before it; the second half that of backward_rnn after this step
  /// and all after it, up to the end of the sequence. Behind the end, y is 0.
  Tensor3 forward(const Tensor3& x, const IdVector& lengths, Cache& cache) const;

  /// dy: (time, batch, 2 hidden_size) -> dx: (time, batch, input_size), 0 behind the end of each sequence. Adds to the
  /// gradients of both networks. What dy has behind the end is ignored.
  Tensor3 backward(const Tensor3& dy, const Cache& cache);

  /// "forward.weight_ih", ..., "backward.weight_ih", ...
  ParameterList parameters();

  RNN forward_rnn, backward_rnn;
};

/// A whole sequence in one row: y: (time, batch, 2 hidden_size), a result of BidirectionalRNN::forward -> (batch,
/// 2 hidden_size): of each half, the state of that direction after it has read the whole sequence.
Matrix summarize(const Tensor3& y, const IdVector& lengths);

/// dsummary: (batch, 2 hidden_size) -> dy: (time, batch, 2 hidden_size), for sequences padded to `time` steps.
Tensor3 summarize_backward(const Matrix& dsummary, const IdVector& lengths, std::size_t time);

}  // namespace nn
