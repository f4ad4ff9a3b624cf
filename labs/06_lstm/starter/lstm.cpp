#include "06_lstm/lstm.hpp"

#include <algorithm>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "blas/matmul.hpp"
#include "blas/rows.hpp"
#include "nn/not_implemented.hpp"
#include "tensor/elementwise.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

// Replace each not_implemented() with your code; lstm.hpp says what it must do. When everything is written, delete the
// next line: then the compiler warns about every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 6.1 The gates

LSTMState LSTMGates::forward(Matrix a, const Matrix& c, Cache& cache) const {
  // Check the shape of a: four quarters for each number of c
  // Keep c, and a itself: cache.gates = std::move(a)
  // For each row: turn its quarters into gates, in place (apply_sigmoid and apply_tanh of tensor/elementwise.hpp)
  // c_next, its tanh (keep it), h_next
  not_implemented();
}

LSTMGates::Gradients LSTMGates::backward(const LSTMState& dnext, const Cache& cache) const {
  // Check both shapes of dnext
  // For each number: the gradient of c_next has two paths; then c and the three gates that made c_next; then o
  // da is the gradient of a gate times the slope of its sigmoid or tanh
  not_implemented();
}

// 6.2 One step

LSTMCell::LSTMCell(std::size_t input_size, std::size_t hidden_size, Random& random, Real forget_bias)
    : weight_ih({input_size, 4 * hidden_size}), weight_hh({hidden_size, 4 * hidden_size}), bias({4 * hidden_size}) {
  // All are zero now: glorot_uniform, orthogonal, and one quarter of the bias
  not_implemented();
}

LSTMState LSTMCell::forward(const Matrix& x, const LSTMState& state, Cache& cache) const {
  // Check the shapes of x, of h and of c
  // Keep what backward needs
  // The sums for all four gates: the bias in every row (blas/rows.hpp), and two products; then LSTMGates
  not_implemented();
}

LSTMCell::Gradients LSTMCell::backward(const LSTMState& dnext, const Cache& cache) {
  // LSTMGates first: it gives da and dc
  // From da: add to the gradients of the three parameters; dx and dh
  not_implemented();
}

// 6.3 A sequence

Tensor3 LSTM::forward(const Tensor3& x, const LSTMState& start, Cache& cache) const {
  // Check the shapes, and that there is a step
  // The bias, and the products of all steps with weight_ih, which are one: block(x, 0, time) (blas/matmul.hpp)
  // Step by step: add h weight_hh to the step's sums (gemm with beta = 1), then LSTMGates; keep h and c
  // Return the hidden states after each step
  not_implemented();
}

LSTM::Gradients LSTM::backward(const Tensor3& dy, const Cache& cache) {
  // Check the shape of dy
  // From the last step to the first, with the gradient of the state, which starts as zeros:
  //   add dy of the step, go through LSTMGates, keep da, and find the gradient of the state before
  // From da of all steps, with one product or sum each: the gradients of the parameters, and dx
  not_implemented();
}

LSTMState final_state(const LSTM::Cache& cache) {
  // The last h of the cache, and its c
  not_implemented();
}

}  // namespace nn
