#include "07_gru/gru.hpp"

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

// Replace each not_implemented() with your code; gru.hpp says what it must do. When everything is written, delete the
// next line: then the compiler warns about every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// The cell and the sequence do the same in a step. If you write it once, in a function of blocks (blas/gemm.hpp), both
// can call it: block(matrix) and block(tensor, t) are blocks, part(block, ...) is a rectangle of one.

// 7.1 and 7.2 One step

GRUCell::GRUCell(std::size_t input_size, std::size_t hidden_size, Random& random)
    : weight_ih({input_size, 3 * hidden_size}), weight_hh({hidden_size, 3 * hidden_size}), bias({3 * hidden_size}) {
  // Draw weight_ih with lab 02's function, then weight_hh with lab 03's
  not_implemented();
}

Matrix GRUCell::forward(const Matrix& x, const Matrix& h, Cache& cache) const {
  // Check the shapes of x and h; keep both
  // Into cache.gates: x W + b, all three thirds at once
  // Add h U to the thirds of r and z, and take sigmoid
  // reset_h = r h; add its product with U_n to the last third, and take tanh
  // h_next is between h and n
  not_implemented();
}

GRUCell::Gradients GRUCell::backward(const Matrix& dh_next, const Cache& cache) {
  // Check the shape of dh_next
  // Through h_next = (1 - z) h + z n: to z, to n, and the straight way to h
  // Through n to r h, and from there to r and to h
  // Through r and z to h
  // Add to the gradients of the parameters; dx is one product
  not_implemented();
}

// 7.3 Sequences of different lengths

Tensor3 GRU::forward(const Tensor3& x, const IdVector& lengths, const Matrix& h0, Cache& cache) const {
  // Check shapes and lengths (tensor/sequences.hpp)
  // Keep x with padding 0, the lengths, and h0 as the first of time + 1 states
  // Into cache.gates: x W + b, for all steps at once
  // Step by step: one step of the cell; then the sequences that have ended get their old state back
  // Return all states but the first
  not_implemented();
}

GRU::Gradients GRU::backward(const Tensor3& dy, const Cache& cache) {
  // Check the shape of dy
  // From the last step to the first: add dy to dh, and go through the step
  // If a sequence has ended, its dh must go past the step unchanged, and nothing of it into the step
  // From the gradients of the gates of all steps: one product or sum for each parameter, and one for dx
  not_implemented();
}

Matrix final_state(const GRU::Cache& cache) {
  // Copy the last of the states
  not_implemented();
}

}  // namespace nn
