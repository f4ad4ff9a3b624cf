#include "05_rnn/rnn.hpp"

#include <algorithm>
#include <stdexcept>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "blas/matmul.hpp"
#include "blas/rows.hpp"
#include "nn/not_implemented.hpp"
#include "tensor/elementwise.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

// Replace each not_implemented() with your code; rnn.hpp says what it must do. When everything is written, delete the
// next line: then the compiler warns about every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 5.1 One step

RNNCell::RNNCell(std::size_t input_size, std::size_t hidden_size, Random& random)
    : weight_ih({input_size, hidden_size}), weight_hh({hidden_size, hidden_size}), bias({hidden_size}) {
  // Draw weight_ih with lab 02's function, then weight_hh with lab 03's
  not_implemented();
}

Matrix RNNCell::forward(const Matrix& x, const Matrix& h, Cache& cache) const {
  // Check the shapes of x and h
  // z = x W + h U + b: start from the bias (blas/rows.hpp) and add two products
  // h_next = tanh(z) (tensor/elementwise.hpp); keep what backward needs
  not_implemented();
}

RNNCell::Gradients RNNCell::backward(const Matrix& dh_next, const Cache& cache) {
  // Check the shape of dh_next
  // Go back through tanh, to dz
  // Add to the three gradients; return the two others
  not_implemented();
}

// 5.2 A sequence: backpropagation through time

Tensor3 RNN::forward(const Tensor3& x, const Matrix& h0, Cache& cache) const {
  // Check the shapes of x and h0, and that there is a step
  // Keep x, and h0 as the first of time + 1 states
  // Write z = x W + b into the other states: one product for all steps (block of several steps, blas/matmul.hpp)
  // Step by step: add the state before it times U, and take tanh
  // Return all states but the first
  not_implemented();
}

RNN::Gradients RNN::backward(const Tensor3& dy, const Cache& cache) {
  // Check the shape of dy
  // From the last step to the first: dh is dy and what comes through the step after it; from dh make dz, and keep it
  // dh0 comes through the first step
  // From dz of all steps: one product or sum for each of the parameters, and one for dx
  not_implemented();
}

// 5.3 Truncated backpropagation: a long sequence in windows

Matrix final_state(const RNN::Cache& cache) {
  // Copy the last of the states
  not_implemented();
}

Tensor3 forward_windows(const RNN& rnn, const Tensor3& x, const Matrix& h0, std::size_t window,
                        std::vector<RNN::Cache>& caches) {
  // Check that a window has a step, and x too
  // Make a cache for each window; the last window may have fewer steps
  // Window by window (time_steps, tensor/sequences.hpp): forward from the state where the one before ended
  not_implemented();
}

Tensor3 backward_windows(RNN& rnn, const Tensor3& dy, const std::vector<RNN::Cache>& caches) {
  // How many steps do the windows have? Check the shape of dy
  // Each window with its part of dy; what becomes of dh0?
  not_implemented();
}

// 5.4 Both directions, and sequences of different lengths

Tensor3 reverse_sequences(const Tensor3& x, const IdVector& lengths) {
  // Check the lengths (tensor/sequences.hpp)
  // Start from zeros; copy step t of each sequence to where it is in reversed order
  not_implemented();
}

Tensor3 BidirectionalRNN::forward(const Tensor3& x, const IdVector& lengths, Cache& cache) const {
  // Check and keep the lengths
  // Set the padding of a copy of x to 0, so that no network reads it
  // First half: forward_rnn, from a state of zeros; set the padding of its result to 0
  // Second half: backward_rnn on the reversed sequences; reverse its result
  // Join the halves (tensor/sequences.hpp)
  not_implemented();
}

Tensor3 BidirectionalRNN::backward(const Tensor3& dy, const Cache& cache) {
  // Check the shape of dy, and take it apart into its halves
  // Undo each half; what is padding must bring nothing
  // x went to both networks: add what both bring back; nothing for the padding
  not_implemented();
}

ParameterList BidirectionalRNN::parameters() {
  // append the lists of both networks, under their names
  not_implemented();
}

Matrix summarize(const Tensor3& y, const IdVector& lengths) {
  // Check the lengths
  // In which step has each direction read everything?
  not_implemented();
}

Tensor3 summarize_backward(const Matrix& dsummary, const IdVector& lengths, std::size_t time) {
  // Check the lengths
  // Start from zeros; each half of a row goes to the step that it was taken from
  not_implemented();
}

}  // namespace nn
