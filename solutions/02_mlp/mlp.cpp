#include "02_mlp/mlp.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

#include "01_tensors/tensors.hpp"
#include "blas/matmul.hpp"
#include "tensor/shape.hpp"

namespace nn {

// 2.1 The perceptron

Id Perceptron::predict(std::span<const Real> x) const {
  check_shape_of("Perceptron::predict", "x", std::array{x.size()}, {weight.size()});
  return std::inner_product(x.begin(), x.end(), weight.begin(), bias) > 0 ? 1 : 0;
}

bool Perceptron::update(std::span<const Real> x, Id target) {
  if (predict(x) == target) {
    return false;
  }
  // Move the weights towards an x that was missed, away from one that was taken by mistake
  const Real error = target == 1 ? Real{1} : Real{-1};  // target - predicted
  for (std::size_t i = 0; i < x.size(); ++i) {
    weight(i) += error * x[i];
  }
  bias += error;
  return true;
}

std::size_t Perceptron::epoch(const Matrix& x, const IdVector& targets) {
  check_shape("Perceptron::epoch", "targets", targets, {x.shape(0)});
  check_ids("Perceptron::epoch", targets, 2);
  std::size_t mistakes = 0;
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    mistakes += update(row(x, r), targets(r)) ? 1 : 0;
  }
  return mistakes;
}

// 2.2 Mean squared error and gradient descent

Real mse_loss(const Matrix& y, const Matrix& target) {
  check_shape("mse_loss", "target", target, {y.shape(0), y.shape(1)});
  Real sum = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const Real error = values(y)[i] - values(target)[i];
    sum += error * error;
  }
  return sum / static_cast<Real>(y.size());
}

Matrix mse_loss_backward(const Matrix& y, const Matrix& target) {
  check_shape("mse_loss_backward", "target", target, {y.shape(0), y.shape(1)});
  const Real scale = Real{2} / static_cast<Real>(y.size());
  Matrix dy = y;
  for (std::size_t i = 0; i < y.size(); ++i) {
    values(dy)[i] = scale * (values(y)[i] - values(target)[i]);
  }
  return dy;
}

Matrix LinearRegression::predict(const Matrix& x) const {
  check_shape("LinearRegression::predict", "x", x, {any, weight.size()});
  Matrix y = zeros({x.shape(0), 1});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    y(r, 0) = std::inner_product(weight.begin(), weight.end(), row(x, r).begin(), bias);
  }
  return y;
}

Real LinearRegression::step(const Matrix& x, const Matrix& target, Real learning_rate) {
  const Matrix y = predict(x);
  const Matrix dy = mse_loss_backward(y, target);
  // y_r = x_r . weight + bias, so row r moves the parameters by its dy_r
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    const Real rate = learning_rate * dy(r, 0);
    for (std::size_t i = 0; i < weight.size(); ++i) {
      weight(i) -= rate * x(r, i);
    }
    bias -= rate;
  }
  return mse_loss(y, target);
}

// 2.3 Activations

Real sigmoid(Real x) {
  // Multiply numerator and denominator of 1 / (1 + e^-x) by e^x where x is negative
  const Real e = std::exp(-std::abs(x));
  return (x < 0 ? e : Real{1}) / (1 + e);
}

Matrix Sigmoid::forward(const Matrix& x, Cache& cache) const {
  cache.y.resize(x.shape());
  std::ranges::transform(values(x), values(cache.y).begin(), sigmoid);
  return cache.y;
}

Matrix Sigmoid::backward(const Matrix& dy, const Cache& cache) const {
  check_shape("Sigmoid::backward", "dy", dy, {cache.y.shape(0), cache.y.shape(1)});
  Matrix dx = dy;
  for (std::size_t i = 0; i < dx.size(); ++i) {
    const Real y = values(cache.y)[i];
    values(dx)[i] *= y * (1 - y);
  }
  return dx;
}

Matrix Tanh::forward(const Matrix& x, Cache& cache) const {
  cache.y = x;
  for (Real& y : values(cache.y)) {
    y = std::tanh(y);
  }
  return cache.y;
}

Matrix Tanh::backward(const Matrix& dy, const Cache& cache) const {
  check_shape("Tanh::backward", "dy", dy, {cache.y.shape(0), cache.y.shape(1)});
  Matrix dx = dy;
  for (std::size_t i = 0; i < dx.size(); ++i) {
    const Real y = values(cache.y)[i];
    values(dx)[i] *= 1 - y * y;
  }
  return dx;
}

Matrix ReLU::forward(const Matrix& x, Cache& cache) const {
  cache.x = x;
  Matrix y = x;
  std::ranges::transform(values(x), values(y).begin(), [](Real value) { return std::max(value, Real{0}); });
  return y;
}

Matrix ReLU::backward(const Matrix& dy, const Cache& cache) const {
  check_shape("ReLU::backward", "dy", dy, {cache.x.shape(0), cache.x.shape(1)});
  Matrix dx = dy;
  const std::span<Real> gradient = values(dx);
  const std::span<const Real> x = values(cache.x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    gradient[i] = x[i] > 0 ? gradient[i] : Real{0};
  }
  return dx;
}

// 2.4 The fully connected layer

void glorot_uniform(Matrix& weight, Random& random) {
  const auto [in_features, out_features] = weight.shape();
  const Real limit = std::sqrt(Real{6} / static_cast<Real>(in_features + out_features));
  fill_uniform(values(weight), random, -limit, limit);
}

namespace {

/// What backward adds to the parameters' gradients.
void add_gradients(Linear& layer, const Matrix& dy, const Linear::Cache& cache) {
  check_shape("Linear::backward", "dy", dy, {cache.x.shape(0), layer.bias.value.size()});

  // y = x W + b is linear in W and in b: dW += x^T dy, db += the sum of the rows of dy
  add_matmul_tn(cache.x, dy, layer.weight.grad);
  for (std::size_t r = 0; r < dy.shape(0); ++r) {
    const std::span<const Real> dy_r = row(dy, r);
    for (std::size_t i = 0; i < dy_r.size(); ++i) {
      layer.bias.grad(i) += dy_r[i];
    }
  }
}

}  // namespace

Linear::Linear(std::size_t in_features, std::size_t out_features, Random& random)
    : weight({in_features, out_features}), bias({out_features}) {
  glorot_uniform(weight.value, random);
}

Matrix Linear::forward(const Matrix& x, Cache& cache) const {
  check_shape("Linear::forward", "x", x, {any, weight.value.shape(0)});
  cache.x = x;

  // y = x W, then b is added to every row
  Matrix y = matmul(x, weight.value);  // (rows, out_features)
  for (std::size_t r = 0; r < y.shape(0); ++r) {
    const std::span<Real> y_r = row(y, r);
    for (std::size_t i = 0; i < y_r.size(); ++i) {
      y_r[i] += bias.value(i);
    }
  }
  return y;
}

Matrix Linear::backward(const Matrix& dy, const Cache& cache) {
  add_gradients(*this, dy, cache);
  return matmul_nt(dy, weight.value);  // dx = dy W^T
}

// 2.5 The loss of a classifier

Real CrossEntropyLoss::forward(const Matrix& logits, const IdVector& targets, Cache& cache) const {
  check_shape("CrossEntropyLoss::forward", "targets", targets, {logits.shape(0)});
  check_ids("CrossEntropyLoss::forward", targets, logits.shape(1));
  cache.probabilities = softmax(logits);
  cache.targets = targets;

  // -log p[target] is a difference of logarithms; p[target] itself may have vanished to 0
  const Vector log_sums = logsumexp(logits);
  const Vector target_logits = pick(logits, targets);
  Real sum = 0;
  for (std::size_t r = 0; r < logits.shape(0); ++r) {
    sum += log_sums(r) - target_logits(r);
  }
  return sum / static_cast<Real>(logits.shape(0));
}

Matrix CrossEntropyLoss::backward(const Cache& cache) const {
  const auto [rows, classes] = cache.probabilities.shape();
  const Matrix wanted = one_hot(cache.targets, classes);
  Matrix dlogits = cache.probabilities;
  for (std::size_t i = 0; i < dlogits.size(); ++i) {
    values(dlogits)[i] = (values(dlogits)[i] - values(wanted)[i]) / static_cast<Real>(rows);
  }
  return dlogits;
}

// 2.6 The multilayer perceptron

IdVector argmax_rows(const Matrix& x) {
  IdVector columns = IdVector::from_shape({x.shape(0)});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    const std::span<const Real> x_r = row(x, r);
    columns(r) = static_cast<Id>(std::ranges::max_element(x_r) - x_r.begin());
  }
  return columns;
}

MLP::MLP(const std::vector<std::size_t>& sizes, Random& random) {
  if (sizes.size() < 2) {
    throw std::invalid_argument("MLP: give at least two sizes, of what comes in and of what goes out");
  }
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
    layers.emplace_back(sizes[i], sizes[i + 1], random);
  }
}

Matrix MLP::forward(const Matrix& x, Cache& cache) const {
  // One cache for each layer and for each activation between two layers
  cache.linear.resize(layers.size());
  cache.relu.resize(layers.size() - 1);
  Matrix y = layers[0].forward(x, cache.linear[0]);
  for (std::size_t i = 1; i < layers.size(); ++i) {
    y = ReLU().forward(y, cache.relu[i - 1]);
    y = layers[i].forward(y, cache.linear[i]);
  }
  return y;
}

void MLP::backward(const Matrix& dlogits, const Cache& cache) {
  // Walk through forward from its last line to its first
  Matrix dy = dlogits;
  for (std::size_t i = layers.size() - 1; i > 0; --i) {
    dy = layers[i].backward(dy, cache.linear[i]);
    dy = ReLU().backward(dy, cache.relu[i - 1]);
  }

  // Of the first layer only the parameters want a gradient
  add_gradients(layers[0], dy, cache.linear[0]);
}

IdVector MLP::predict(const Matrix& x) const {
  Cache cache;
  return argmax_rows(forward(x, cache));
}

ParameterList MLP::parameters() {
  ParameterList list;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    append(list, "layer" + std::to_string(i), layers[i].parameters());
  }
  return list;
}

// 2.7 Training

void sgd_step(const ParameterList& parameters, Real learning_rate) {
  for (const ParameterRef& parameter : parameters) {
    const std::span<Real> value = parameter.value();
    const std::span<const Real> grad = parameter.grad();
    for (std::size_t i = 0; i < value.size(); ++i) {
      value[i] -= learning_rate * grad[i];
    }
  }
}

Real train_step(MLP& model, const Matrix& x, const IdVector& targets, Real learning_rate) {
  const ParameterList parameters = model.parameters();
  zero_grad(parameters);

  // Forward: the logits, then the loss
  MLP::Cache cache;
  CrossEntropyLoss::Cache loss_cache;
  const Matrix logits = model.forward(x, cache);
  const Real loss = CrossEntropyLoss().forward(logits, targets, loss_cache);

  // Backward, in the opposite order; then one step down the slope
  model.backward(CrossEntropyLoss().backward(loss_cache), cache);
  sgd_step(parameters, learning_rate);
  return loss;
}

Real train_epoch(MLP& model, const Matrix& x, const IdVector& targets, Batches& batches, Real learning_rate) {
  // A batch's loss is a mean over its rows: multiply by their number to have the sum
  Real sum = 0;
  for (const std::span<const std::size_t> rows : batches.epoch()) {
    const Real loss = train_step(model, gather_rows(x, rows), gather(targets, rows), learning_rate);
    sum += loss * static_cast<Real>(rows.size());
  }
  return sum / static_cast<Real>(x.shape(0));
}

}  // namespace nn
