#pragma once

// Lab 07, tasks 7.1 to 7.3: gated recurrent units. README.md explains and derives every formula; this file says exactly
// what each function does; you write the bodies in gru.cpp, task by task. Tasks 7.4 to 7.6 are in seq2seq.hpp.
//
// Throughout: a batch of sequences is a Tensor3 (time, batch, features), so that one step is a contiguous matrix
// (batch, features); dfoo is the gradient of the loss with respect to foo, with the shape of foo; backward adds to the
// gradients of parameters. Functions throw ShapeError if shapes do not fit.
//
// The gates stand side by side in a row of 3 hidden_size numbers, in the order of PyTorch: r, z, n. Their weights are
// the thirds of one matrix. There is one bias.

#include <cstddef>

#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/tensor.hpp"

namespace nn {

// 7.1 and 7.2 One step

/// One step of a gated recurrent unit (Cho et al. 2014, eq. 5 to 8, with z and 1 - z exchanged as in Chung et al.
/// 2014). Elementwise, with the thirds W_r, W_z, W_n of weight_ih, U_r, U_z, U_n of weight_hh and b_r, b_z, b_n of
/// bias, for each row:
///   r = sigmoid(x W_r + h U_r + b_r)          the reset gate
///   z = sigmoid(x W_z + h U_z + b_z)          the update gate
///   n = tanh(x W_n + (r h) U_n + b_n)         the candidate
///   h_next = (1 - z) h + z n
/// PyTorch's nn.GRU is a different network: it has r (h U_n) for (r h) U_n, and z and 1 - z are exchanged.
class GRUCell {
 public:
  struct Cache {
    Matrix x;        // (batch, input_size)
    Matrix h;        // (batch, hidden_size), the state before the step
    Matrix gates;    // (batch, 3 hidden_size): r, z, n
    Matrix reset_h;  // (batch, hidden_size): r h
  };
  struct Gradients {
    Matrix dx;  // (batch, input_size)
    Matrix dh;  // (batch, hidden_size)
  };
  /// Initial weights: first weight_ih by glorot_uniform of lab 02, then weight_hh by orthogonal of lab 03; bias zero.
  GRUCell(std::size_t input_size, std::size_t hidden_size, Random& random);

  /// x: (batch, input_size), h: (batch, hidden_size) -> h_next: (batch, hidden_size).
  Matrix forward(const Matrix& x, const Matrix& h, Cache& cache) const;

  /// dh_next: (batch, hidden_size) -> dx and dh. Adds to the gradients of weight_ih, weight_hh and bias.
  Gradients backward(const Matrix& dh_next, const Cache& cache);

  std::size_t hidden_size() const { return weight_hh.value.shape(0); }
  ParameterList parameters() { return {{"weight_ih", weight_ih}, {"weight_hh", weight_hh}, {"bias", bias}}; }

  Parameter<2> weight_ih;  // (input_size, 3 hidden_size): W_r, W_z, W_n
  Parameter<2> weight_hh;  // (hidden_size, 3 hidden_size): U_r, U_z, U_n
  Parameter<1> bias;       // (3 hidden_size): b_r, b_z, b_n
};

// 7.3 Sequences of different lengths

/// The same cell, with the same weights, at every step. lengths: (batch), each between 1 and time: the steps of a
/// sequence behind its end are padding. There the state stops changing, so that after the last step of the batch every
/// sequence has the state of its own end. Padding changes nothing, bit for bit, whatever it contains.
class GRU {
 public:
  struct Cache {
    Tensor3 x;         // (time, batch, input_size), padding 0
    Tensor3 h;         // (time + 1, batch, hidden_size): h0, then the state after each step
    Tensor3 gates;     // (time, batch, 3 hidden_size): r, z, n
    Tensor3 reset_h;   // (time, batch, hidden_size): r h
    IdVector lengths;  // (batch)
  };
  struct Gradients {
    Tensor3 dx;  // (time, batch, input_size), 0 behind the end of each sequence
    Matrix dh0;  // (batch, hidden_size)
  };
  GRU(std::size_t input_size, std::size_t hidden_size, Random& random) : cell(input_size, hidden_size, random) {}

  /// x: (time, batch, input_size), h0: (batch, hidden_size), the state before the first step -> y: (time, batch,
  /// hidden_size), the state after each step, behind the end of a sequence that of its end. The products of x with
  /// weight_ih for all steps are one product.
  Tensor3 forward(const Tensor3& x, const IdVector& lengths, const Matrix& h0, Cache& cache) const;

  /// dy: (time, batch, hidden_size), what each state gets from outside, not through the next step -> dx and dh0. What
  /// reaches a state behind the end of its sequence reaches the end unchanged. Adds to the gradients of the cell's
  /// parameters; like dx, each of W, U_r with U_z, U_n and the bias is one product or one sum over all steps.
  Gradients backward(const Tensor3& dy, const Cache& cache);

  /// "weight_ih", "weight_hh", "bias".
  ParameterList parameters() { return cell.parameters(); }

  GRUCell cell;
};

/// The state after the last step of a call to GRU::forward: (batch, hidden_size), of each sequence that of its own end.
Matrix final_state(const GRU::Cache& cache);

}  // namespace nn
