#include "02_mlp/mlp.hpp"

#include <algorithm>
#include <cmath>

#include "01_tensors/tensors.hpp"
#include "blas/matmul.hpp"
#include "nn/not_implemented.hpp"
#include "tensor/shape.hpp"

// Replace each not_implemented() with your code; mlp.hpp says what it must do. When everything is written, delete the
// next line: then the compiler warns about every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 2.1 The perceptron

Id Perceptron::predict(std::span<const Real> x) const {
  // Check the size of x: check_shape_of("Perceptron::predict", "x", std::array{x.size()}, {weight.size()})
  // Compute weight . x + bias
  // Compare with the threshold
  not_implemented();
}

bool Perceptron::update(std::span<const Real> x, Id target) {
  // Predict
  // If the prediction is a mistake, move weight and bias (in which direction?)
  not_implemented();
}

std::size_t Perceptron::epoch(const Matrix& x, const IdVector& targets) {
  // Check the shape of targets, with check_shape, and its ids, with check_ids
  // Update with one row after the other, row(x, r), and count the mistakes
  not_implemented();
}

// 2.2 Mean squared error and gradient descent

Real mse_loss(const Matrix& y, const Matrix& target) {
  // Check that both have the same shape
  // Take the mean of the squared errors
  not_implemented();
}

Matrix mse_loss_backward(const Matrix& y, const Matrix& target) {
  // Check that both have the same shape
  // Differentiate mse_loss by each number of y
  not_implemented();
}

Matrix LinearRegression::predict(const Matrix& x) const {
  // Check the width of x; the number of rows may be any
  // Compute the one output of each row
  not_implemented();
}

Real LinearRegression::step(const Matrix& x, const Matrix& target, Real learning_rate) {
  // Predict; ask the loss for dy
  // From dy to the gradients of weight and bias, by the chain rule
  // Take the step
  not_implemented();
}

// 2.3 Activations

Real sigmoid(Real x) {
  // Choose the form of the fraction in which e has no positive power
  not_implemented();
}

Matrix Sigmoid::forward(const Matrix& x, Cache& cache) const { not_implemented(); }

Matrix Sigmoid::backward(const Matrix& dy, const Cache& cache) const { not_implemented(); }

Matrix Tanh::forward(const Matrix& x, Cache& cache) const { not_implemented(); }

Matrix Tanh::backward(const Matrix& dy, const Cache& cache) const { not_implemented(); }

Matrix ReLU::forward(const Matrix& x, Cache& cache) const { not_implemented(); }

Matrix ReLU::backward(const Matrix& dy, const Cache& cache) const { not_implemented(); }

// 2.4 The fully connected layer

void glorot_uniform(Matrix& weight, Random& random) {
  // Read both sizes from weight.shape()
  // Compute the limit and draw, with fill_uniform (tensor/random.hpp)
  not_implemented();
}

Linear::Linear(std::size_t in_features, std::size_t out_features, Random& random)
    : weight({in_features, out_features}), bias({out_features}) {
  // Both are zero now; set the initial weights
  not_implemented();
}

Matrix Linear::forward(const Matrix& x, Cache& cache) const {
  // Check the width of x
  // Keep what backward will need
  // Multiply, then add the bias to every row
  not_implemented();
}

Matrix Linear::backward(const Matrix& dy, const Cache& cache) {
  // Check the shape of dy
  // Add to the gradient of the weight
  // Add to the gradient of the bias
  // Return the gradient of x
  not_implemented();
}

// 2.5 The loss of a classifier

Real CrossEntropyLoss::forward(const Matrix& logits, const IdVector& targets, Cache& cache) const {
  // Check the shape of targets and its ids
  // Keep what backward will need; lab 01 has softmax
  // Compute -log p[target] of each row as a difference, so that it stays finite even where p[target] is 0: lab 01 has
  // logsumexp and pick
  // Return the mean
  not_implemented();
}

Matrix CrossEntropyLoss::backward(const Cache& cache) const {
  // Subtract the targets as rows of 0 and 1: lab 01 has one_hot
  // Remember that the loss is a mean
  not_implemented();
}

// 2.6 The multilayer perceptron

IdVector argmax_rows(const Matrix& x) {
  // Find the column of the largest number of each row: std::ranges::max_element
  not_implemented();
}

MLP::MLP(const std::vector<std::size_t>& sizes, Random& random) {
  // Throw if there are fewer than two sizes
  // Make one layer for each pair of neighbouring sizes
  not_implemented();
}

Matrix MLP::forward(const Matrix& x, Cache& cache) const {
  // Give the cache one entry for each layer and each ReLU
  // Pass x through the chain
  not_implemented();
}

void MLP::backward(const Matrix& dlogits, const Cache& cache) {
  // Pass dlogits through the chain from its end to its beginning
  not_implemented();
}

IdVector MLP::predict(const Matrix& x) const {
  // Compute the logits
  // Take the class of the largest one
  not_implemented();
}

ParameterList MLP::parameters() {
  // Append the list of each layer, with its prefix; nn/parameter.hpp has a function for it
  not_implemented();
}

// 2.7 Training

void sgd_step(const ParameterList& parameters, Real learning_rate) {
  // For each parameter, walk over parameter.value() and parameter.grad() together
  not_implemented();
}

Real train_step(MLP& model, const Matrix& x, const IdVector& targets, Real learning_rate) {
  // Set the gradients to zero
  // Forward: logits, then the loss
  // Backward: from the loss to the parameters
  // Step
  not_implemented();
}

Real train_epoch(MLP& model, const Matrix& x, const IdVector& targets, Batches& batches, Real learning_rate) {
  // For each mini-batch of batches.epoch(): gather its rows and its targets (train/batches.hpp), take a step
  // Weight the losses so that every row counts the same
  not_implemented();
}

}  // namespace nn
