#pragma once

// Lab 02: from one neuron to a network of layers, and how a network learns. README.md explains and derives every
// formula; this file says exactly what each function does; you write the bodies in mlp.cpp, task by task.
//
// Throughout: a Matrix holds one example per row; dfoo is the gradient of the loss with respect to foo, with the shape
// of foo; a class label is an id below the number of classes. Functions throw ShapeError if shapes do not fit.

#include <cstddef>
#include <span>
#include <vector>

#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/tensor.hpp"
#include "train/batches.hpp"

namespace nn {

// 2.1 The perceptron

/// One neuron with a threshold: class 1 if weight . x + bias > 0, else class 0 (Rosenblatt 1958).
class Perceptron {
 public:
  /// Weights and bias start at zero.
  explicit Perceptron(std::size_t in_features) : weight(zeros({in_features})) {}

  /// The class, 0 or 1, of one example x: (in_features). Throws ShapeError if x has a different size.
  Id predict(std::span<const Real> x) const;

  /// Learns from one example x: (in_features) whose class should be target, 0 or 1: weight += (target - predicted) x
  /// and bias += target - predicted (Minsky and Papert 1969, chapter 11). Returns whether the prediction was a mistake,
  /// that is, whether anything changed.
  bool update(std::span<const Real> x, Id target);

  /// Updates with every row of x: (rows, in_features), in order, where targets: (rows) holds the classes. Returns the
  /// number of mistakes. Throws ShapeError if there is not one target for each row of x, IdError if a target is not 0
  /// or 1.
  std::size_t epoch(const Matrix& x, const IdVector& targets);

  Vector weight;  // (in_features)
  Real bias = 0;
};

// 2.2 Mean squared error and gradient descent

/// The mean of (y - target)^2 over all numbers of y: (rows, features) and target: the same shape.
Real mse_loss(const Matrix& y, const Matrix& target);

/// The gradient of mse_loss with respect to y: 2 (y - target) / (rows features), shape (rows, features).
Matrix mse_loss_backward(const Matrix& y, const Matrix& target);

/// A neuron without a threshold, y = x weight + bias, that learns by gradient descent.
class LinearRegression {
 public:
  /// Weights and bias start at zero.
  explicit LinearRegression(std::size_t in_features) : weight(zeros({in_features})) {}

  /// x: (rows, in_features) -> y: (rows, 1). Throws ShapeError if x has a different width.
  Matrix predict(const Matrix& x) const;

  /// One step of gradient descent on the mean squared error of predict(x) against target: (rows, 1). Every parameter p
  /// changes by -learning_rate dp. Returns the loss before the step.
  Real step(const Matrix& x, const Matrix& target, Real learning_rate);

  Vector weight;  // (in_features)
  Real bias = 0;
};

// 2.3 Activations: functions of one number, applied elementwise to a matrix of any shape

/// 1 / (1 + e^-x). Never computes e to a positive power, so it does not overflow for any x.
Real sigmoid(Real x);

/// y = sigmoid(x), elementwise.
class Sigmoid {
 public:
  struct Cache {
    Matrix y;  // (rows, features)
  };
  /// x: (rows, features) -> y: the same shape. Keeps y in the cache.
  Matrix forward(const Matrix& x, Cache& cache) const;
  /// dy: (rows, features) -> dx = dy y (1 - y), the same shape.
  Matrix backward(const Matrix& dy, const Cache& cache) const;
};

/// y = tanh(x), elementwise.
class Tanh {
 public:
  struct Cache {
    Matrix y;  // (rows, features)
  };
  /// x: (rows, features) -> y: the same shape. Keeps y in the cache.
  Matrix forward(const Matrix& x, Cache& cache) const;
  /// dy: (rows, features) -> dx = dy (1 - y^2), the same shape.
  Matrix backward(const Matrix& dy, const Cache& cache) const;
};

/// y = max(x, 0), elementwise (the rectified linear unit; Goodfellow et al. 2016, section 6.3.1).
class ReLU {
 public:
  struct Cache {
    Matrix x;  // (rows, features)
  };
  /// x: (rows, features) -> y: the same shape. Keeps x in the cache.
  Matrix forward(const Matrix& x, Cache& cache) const;
  /// dy: (rows, features) -> dx: dy where x > 0, else 0; the same shape.
  Matrix backward(const Matrix& dy, const Cache& cache) const;
};

// 2.4 The fully connected layer

/// Fills weight: (in_features, out_features) with initial values, uniform in +-sqrt(6 / (in_features + out_features)),
/// drawn in storage order (Glorot and Bengio 2010, eq. 16).
void glorot_uniform(Matrix& weight, Random& random);

/// A fully connected layer, y = x W + b, applied to each row of x.
class Linear {
 public:
  struct Cache {
    Matrix x;  // (rows, in_features)
  };
  /// Weights start as glorot_uniform fills them, biases at zero.
  Linear(std::size_t in_features, std::size_t out_features, Random& random);

  /// x: (rows, in_features) -> (rows, out_features). Keeps x in the cache. Throws ShapeError if x has a different
  /// width.
  Matrix forward(const Matrix& x, Cache& cache) const;

  /// dy: (rows, out_features) -> dx = dy W^T: (rows, in_features). Adds x^T dy to weight.grad and the sum of the rows
  /// of dy to bias.grad. Throws ShapeError if dy does not have the shape of forward's result.
  Matrix backward(const Matrix& dy, const Cache& cache);

  ParameterList parameters() { return {{"weight", weight}, {"bias", bias}}; }

  Parameter<2> weight;  // (in_features, out_features)
  Parameter<1> bias;    // (out_features)
};

// 2.5 The loss of a classifier

/// Softmax and cross-entropy in one: the mean over the rows of -log p[target], where p = softmax(logits) of that row
/// (Goodfellow et al. 2016, section 6.2.2.3), computed as logsumexp(logits) - logits[target] with the functions of lab
/// 01. It never overflows, however large the logits are.
class CrossEntropyLoss {
 public:
  struct Cache {
    Matrix probabilities;  // (rows, classes); every row sums to 1
    IdVector targets;      // (rows)
  };
  /// logits: (rows, classes), targets: (rows) -> the loss. Throws ShapeError if there is not one target for each row of
  /// logits, IdError if a target is not below the number of classes.
  Real forward(const Matrix& logits, const IdVector& targets, Cache& cache) const;

  /// -> dlogits = (probabilities - onehot(targets)) / rows: (rows, classes).
  Matrix backward(const Cache& cache) const;
};

// 2.6 The multilayer perceptron

/// x: (rows, columns) -> (rows): for each row, the column of its largest number; if several are equal, the first of
/// them.
IdVector argmax_rows(const Matrix& x);

/// Linear, ReLU, Linear, ReLU, ..., Linear: a ReLU after every layer except the last, whose outputs are the logits.
class MLP {
 public:
  struct Cache {
    std::vector<Linear::Cache> linear;  // one for each layer
    std::vector<ReLU::Cache> relu;      // one for each layer except the last
  };
  /// sizes {784, 256, 10} make two layers, 784 -> 256 and 256 -> 10, initialised in this order. Throws
  /// std::invalid_argument if there are fewer than two sizes.
  MLP(const std::vector<std::size_t>& sizes, Random& random);

  /// x: (rows, sizes.front()) -> logits: (rows, sizes.back()).
  Matrix forward(const Matrix& x, Cache& cache) const;

  /// dlogits: (rows, sizes.back()). Adds to the gradients of all parameters. Returns no dx: x is data, and the product
  /// for dx would be a third of the work of the first layer.
  void backward(const Matrix& dlogits, const Cache& cache);

  /// x: (rows, sizes.front()) -> for each row, the class with the largest logit; if several are equal, the smallest
  /// class.
  IdVector predict(const Matrix& x) const;

  /// "layer0.weight", "layer0.bias", "layer1.weight", ...
  ParameterList parameters();

  std::vector<Linear> layers;
};

// 2.7 Training

/// One step of gradient descent: value -= learning_rate grad, for every number of every parameter. Does not change
/// grad.
void sgd_step(const ParameterList& parameters, Real learning_rate);

/// One step of training on one mini-batch x: (rows, in_features), targets: (rows), with gradients that start from zero.
/// Returns the loss of the batch before the step.
Real train_step(MLP& model, const Matrix& x, const IdVector& targets, Real learning_rate);

/// One epoch of stochastic gradient descent: a train_step for each mini-batch of batches.epoch() in turn, on the rows
/// of x: (count, in_features) and targets: (count) that it names. Returns the mean loss over all rows, each row's loss
/// taken at its step. (The last mini-batch may have fewer rows than the others, and then counts for less.)
Real train_epoch(MLP& model, const Matrix& x, const IdVector& targets, Batches& batches, Real learning_rate);

}  // namespace nn
