#include "02_mlp/mlp.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>

#include "blas/matmul.hpp"
#include "tensor/shape.hpp"

// The lab in another way: expressions on whole tensors wherever possible.

namespace nn {

namespace {

const auto kept = xt::keep_dims | xt::evaluation_strategy::immediate;

Vector as_vector(std::span<const Real> x) {
  Vector v = zeros({x.size()});
  std::copy(x.begin(), x.end(), v.begin());
  return v;
}

void check_equal_shapes(const char* function, const Matrix& y, const Matrix& target) {
  check_shape(function, "target", target, {y.shape(0), y.shape(1)});
}

}  // namespace

// 2.1

Id Perceptron::predict(std::span<const Real> x) const {
  check_shape_of("Perceptron::predict", "x", std::array{x.size()}, {weight.size()});
  const Real score = xt::sum(weight * as_vector(x))() + bias;
  return score > 0;
}

bool Perceptron::update(std::span<const Real> x, Id target) {
  const Real error = static_cast<Real>(target) - static_cast<Real>(predict(x));
  weight = weight + error * as_vector(x);
  bias = bias + error;
  return error != 0;
}

std::size_t Perceptron::epoch(const Matrix& x, const IdVector& targets) {
  check_shape("Perceptron::epoch", "targets", targets, {x.shape(0)});
  check_ids("Perceptron::epoch", targets, 2);
  std::size_t mistakes = 0;
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    if (update(row(x, r), targets(r))) ++mistakes;
  }
  return mistakes;
}

// 2.2

Real mse_loss(const Matrix& y, const Matrix& target) {
  check_equal_shapes("mse_loss", y, target);
  return xt::mean(xt::pow(y - target, 2))();
}

Matrix mse_loss_backward(const Matrix& y, const Matrix& target) {
  check_equal_shapes("mse_loss_backward", y, target);
  return (y - target) / (Real(0.5) * static_cast<Real>(y.size()));
}

Matrix LinearRegression::predict(const Matrix& x) const {
  check_shape("LinearRegression::predict", "x", x, {any, weight.size()});
  return xt::sum(x * weight, {1}, kept) + bias;
}

Real LinearRegression::step(const Matrix& x, const Matrix& target, Real learning_rate) {
  const Matrix y = predict(x);
  const Matrix dy = mse_loss_backward(y, target);  // (rows, 1), so it is broadcast over the columns of x
  const Vector dweight = xt::sum(dy * x, {0}, xt::evaluation_strategy::immediate);
  weight = weight - learning_rate * dweight;
  bias = bias - learning_rate * xt::sum(dy)();
  return mse_loss(y, target);
}

// 2.3

Real sigmoid(Real x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x)); }

Matrix Sigmoid::forward(const Matrix& x, Cache& cache) const {
  const Matrix e = xt::exp(-xt::abs(x));
  cache.y = xt::where(x >= Real{0}, Real{1} / (Real{1} + e), e / (Real{1} + e));
  return cache.y;
}

Matrix Sigmoid::backward(const Matrix& dy, const Cache& cache) const {
  check_shape("Sigmoid::backward", "dy", dy, {cache.y.shape(0), cache.y.shape(1)});
  return dy * (cache.y - cache.y * cache.y);
}

Matrix Tanh::forward(const Matrix& x, Cache& cache) const {
  Matrix y = xt::tanh(x);
  cache.y = y;
  return y;
}

Matrix Tanh::backward(const Matrix& dy, const Cache& cache) const {
  check_shape("Tanh::backward", "dy", dy, {cache.y.shape(0), cache.y.shape(1)});
  return dy * (Real{1} - cache.y) * (Real{1} + cache.y);
}

Matrix ReLU::forward(const Matrix& x, Cache& cache) const {
  cache.x = x;
  return xt::maximum(x, Real{0});
}

Matrix ReLU::backward(const Matrix& dy, const Cache& cache) const {
  check_shape("ReLU::backward", "dy", dy, {cache.x.shape(0), cache.x.shape(1)});
  return xt::where(cache.x > Real{0}, dy, Real{0} * dy);
}

// 2.4

void glorot_uniform(Matrix& weight, Random& random) {
  for (Real& w : weight) {
    w = random.uniform();
  }
  const Real fans = static_cast<Real>(weight.shape(0)) + static_cast<Real>(weight.shape(1));
  weight = std::sqrt(6 / fans) * (Real{2} * weight - Real{1});
}

Linear::Linear(std::size_t in_features, std::size_t out_features, Random& random)
    : weight({in_features, out_features}), bias({out_features}) {
  glorot_uniform(weight.value, random);
}

Matrix Linear::forward(const Matrix& x, Cache& cache) const {
  check_shape("Linear::forward", "x", x, {any, weight.value.shape(0)});
  cache.x = x;
  return matmul(x, weight.value) + bias.value;
}

Matrix Linear::backward(const Matrix& dy, const Cache& cache) {
  check_shape("Linear::backward", "dy", dy, {cache.x.shape(0), bias.value.size()});
  weight.grad += matmul_tn(cache.x, dy);
  bias.grad += xt::sum(dy, {0});
  return matmul_nt(dy, weight.value);
}

// 2.5

Real CrossEntropyLoss::forward(const Matrix& logits, const IdVector& targets, Cache& cache) const {
  check_shape("CrossEntropyLoss::forward", "targets", targets, {logits.shape(0)});
  check_ids("CrossEntropyLoss::forward", targets, logits.shape(1));
  const Matrix largest = xt::amax(logits, {1}, kept);
  const Matrix shifted = logits - largest;
  const Matrix e = xt::exp(shifted);
  const Matrix total = xt::sum(e, {1}, kept);
  const Matrix log_p = shifted - xt::log(total);
  cache.probabilities = e / total;
  cache.targets = targets;
  Real loss = 0;
  for (std::size_t r = 0; r < targets.size(); ++r) {
    loss -= log_p(r, targets(r)) / static_cast<Real>(targets.size());
  }
  return loss;
}

Matrix CrossEntropyLoss::backward(const Cache& cache) const {
  Matrix onehot = xt::zeros_like(cache.probabilities);
  for (std::size_t r = 0; r < onehot.shape(0); ++r) {
    onehot(r, cache.targets(r)) = 1;
  }
  return (cache.probabilities - onehot) / static_cast<Real>(onehot.shape(0));
}

// 2.6

IdVector argmax_rows(const Matrix& x) {
  IdVector columns = IdVector::from_shape({x.shape(0)});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    const auto numbers = xt::row(x, static_cast<std::ptrdiff_t>(r));
    columns(r) = static_cast<Id>(std::distance(numbers.begin(), std::max_element(numbers.begin(), numbers.end())));
  }
  return columns;
}

MLP::MLP(const std::vector<std::size_t>& sizes, Random& random) {
  if (sizes.size() < 2) throw std::invalid_argument("at least two sizes");
  layers.reserve(sizes.size() - 1);
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    layers.push_back(Linear(sizes[i - 1], sizes[i], random));
  }
}

Matrix MLP::forward(const Matrix& x, Cache& cache) const {
  cache.linear.assign(layers.size(), {});
  cache.relu.assign(layers.size() - 1, {});
  Matrix h = x;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    h = layers[i].forward(h, cache.linear[i]);
    if (i + 1 < layers.size()) h = ReLU().forward(h, cache.relu[i]);
  }
  return h;
}

void MLP::backward(const Matrix& dlogits, const Cache& cache) {
  Matrix dh = dlogits;
  for (std::size_t i = layers.size(); i-- > 0;) {
    dh = layers[i].backward(dh, cache.linear[i]);
    if (i > 0) dh = ReLU().backward(dh, cache.relu[i - 1]);
  }
}

IdVector MLP::predict(const Matrix& x) const {
  Cache cache;
  return argmax_rows(forward(x, cache));
}

ParameterList MLP::parameters() {
  ParameterList list;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::string prefix = "layer" + std::to_string(i) + ".";
    list.add({prefix + "weight", layers[i].weight});
    list.add({prefix + "bias", layers[i].bias});
  }
  return list;
}

// 2.7

void sgd_step(const ParameterList& parameters, Real learning_rate) {
  for (const ParameterRef& parameter : parameters) {
    std::transform(parameter.value().begin(), parameter.value().end(), parameter.grad().begin(),
                   parameter.value().begin(), [=](Real value, Real grad) { return value - learning_rate * grad; });
  }
}

Real train_step(MLP& model, const Matrix& x, const IdVector& targets, Real learning_rate) {
  zero_grad(model.parameters());
  MLP::Cache cache;
  CrossEntropyLoss loss;
  CrossEntropyLoss::Cache loss_cache;
  const Real value = loss.forward(model.forward(x, cache), targets, loss_cache);
  model.backward(loss.backward(loss_cache), cache);
  sgd_step(model.parameters(), learning_rate);
  return value;
}

Real train_epoch(MLP& model, const Matrix& x, const IdVector& targets, Batches& batches, Real learning_rate) {
  Real mean = 0;
  for (const auto rows : batches.epoch()) {
    const Real share = static_cast<Real>(rows.size()) / static_cast<Real>(x.shape(0));
    mean += share * train_step(model, gather_rows(x, rows), gather(targets, rows), learning_rate);
  }
  return mean;
}

}  // namespace nn
