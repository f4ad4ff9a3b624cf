#include "03_optimizers/optimizers.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "linalg/linalg.hpp"
#include "nn/not_implemented.hpp"
#include "tensor/shape.hpp"

// Replace each not_implemented() with your code; optimizers.hpp says what it must do. When everything is written,
// delete the next line: then the compiler warns about every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 3.1 Initial weights

void he_normal(Matrix& weight, Random& random) {
  // Compute the standard deviation: which of the two sizes counts?
  // Draw, with fill_normal (tensor/random.hpp)
  not_implemented();
}

void orthogonal(Matrix& weight, Random& random) {
  // Draw
  // Decompose what has at least as many rows as columns: auto [q, r] = qr(...)
  // Change the sign of the columns of q where the diagonal of r is negative
  // Assign to weight; xt::transpose(q) is an expression, Matrix(xt::transpose(q)) is a Matrix
  not_implemented();
}

// 3.2 Stochastic gradient descent with momentum

void SGD::step() {
  // For each parameter i: parameters_[i].value() and .grad() are its numbers, values(velocity_[i]) is its v
  // For each of its numbers: g', then v, then theta
  not_implemented();
}

// 3.3 RMSProp

void RMSProp::step() {
  // For each number of each parameter: s, then theta
  not_implemented();
}

// 3.4 Adam and AdamW

void Adam::step() {
  // Count the step, once
  // Compute the two divisors of the bias correction
  // For each number of each parameter: g', m, s, then theta
  not_implemented();
}

void AdamW::step() {
  // Shrink every number of every parameter
  // Take a step of Adam
  not_implemented();
}

// 3.5 Dropout

Dropout::Dropout(Real probability) : probability_(probability) {
  // Throw if the probability is not valid
  not_implemented();
}

Matrix Dropout::forward(const Matrix& x, Mode mode, Cache& cache) const {
  // Fill cache.scale, which has the shape of x: all 1 in evaluation; in training, a draw of mode.random() decides each
  // number. Then multiply
  not_implemented();
}

Matrix Dropout::backward(const Matrix& dy, const Cache& cache) const {
  // Check the shape of dy
  // Multiply each gradient by the factor of its number
  not_implemented();
}

// 3.6 Gradient clipping and learning-rate schedules

Real grad_norm(const ParameterList& parameters) {
  // Add up the squares of all numbers of all gradients
  // Take one root
  not_implemented();
}

Real clip_grad_norm(const ParameterList& parameters, Real max_norm) {
  // Compute the norm
  // If it is too large, multiply every gradient by one common factor
  not_implemented();
}

Real step_schedule(Real learning_rate, std::size_t step, std::size_t step_size, Real gamma) {
  // Count how often the rate has been multiplied so far
  not_implemented();
}

Real cosine_schedule(Real learning_rate, std::size_t step, std::size_t total_steps, Real lowest) {
  // Stay at the lowest rate once all steps are taken
  // Follow the cosine from 0 to pi, shifted and scaled to lie between the two rates
  not_implemented();
}

Real warmup_schedule(std::size_t d_model, std::size_t step, std::size_t warmup_steps) {
  // Compute the rising line and the falling curve, in Real
  // Take the smaller one, times d_model^-0.5
  not_implemented();
}

// 3.7 Early stopping

EarlyStopping::EarlyStopping(std::size_t patience) : patience_(patience) {
  // Throw if patience is 0
  not_implemented();
}

bool EarlyStopping::update(Real loss) {
  // Is it a new best? Then remember the loss and its epoch, and set since_best_ back to 0
  // Count this epoch, and whether it brought no new best
  not_implemented();
}

bool EarlyStopping::should_stop() const { not_implemented(); }

}  // namespace nn
