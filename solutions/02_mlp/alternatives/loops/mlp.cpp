#include "02_mlp/mlp.hpp"

#include <cmath>
#include <stdexcept>

#include "tensor/shape.hpp"

// The lab in another way: plain loops, sums from the last term to the first, products by hand, other algebra.

namespace nn {

namespace {

/// a b, where a(i, k) and b(k, j) are functions, and the sum runs from the last k to the first.
template <class A, class B>
void add_product(std::size_t m, std::size_t inner, std::size_t n, const A& a, const B& b, Matrix& sum) {
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < m; ++i) {
      Real total = 0;
      for (std::size_t k = inner; k-- > 0;) total += a(i, k) * b(k, j);
      sum(i, j) += total;
    }
  }
}

void need(bool fits) {
  if (!fits) throw ShapeError("mlp.cpp: a shape does not fit");
}

}  // namespace

// 2.1

Id Perceptron::predict(std::span<const Real> x) const {
  need(x.size() == weight.size());
  Real score = 0;
  for (std::size_t i = x.size(); i-- > 0;) score += x[i] * weight(i);
  if (score + bias > 0) return 1;
  return 0;
}

bool Perceptron::update(std::span<const Real> x, Id target) {
  const Id answer = predict(x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (answer < target) weight(i) += x[i];
    if (answer > target) weight(i) -= x[i];
  }
  if (answer < target) bias += 1;
  if (answer > target) bias -= 1;
  return answer != target;
}

std::size_t Perceptron::epoch(const Matrix& x, const IdVector& targets) {
  need(targets.size() == x.shape(0));
  for (const Id target : targets) {
    if (target > 1) throw IdError("Perceptron: a target is 0 or 1");
  }
  std::size_t right = 0;
  for (std::size_t r = 0; r != targets.size(); r++) right += !update(row(x, r), targets(r));
  return targets.size() - right;
}

// 2.2

Real mse_loss(const Matrix& y, const Matrix& target) {
  need(y.shape() == target.shape());
  Real sum = 0;
  for (std::size_t k = 0; k < y.shape(1); ++k) {
    for (std::size_t r = 0; r < y.shape(0); ++r) sum += std::pow(target(r, k) - y(r, k), Real{2});
  }
  return sum / static_cast<Real>(y.shape(0)) / static_cast<Real>(y.shape(1));
}

Matrix mse_loss_backward(const Matrix& y, const Matrix& target) {
  need(y.shape() == target.shape());
  Matrix dy = y;
  dy -= target;
  dy *= Real{2};
  dy /= static_cast<Real>(dy.size());
  return dy;
}

Matrix LinearRegression::predict(const Matrix& x) const {
  need(x.shape(1) == weight.size());
  Matrix y = zeros({x.shape(0), 1});
  y.fill(bias);
  for (std::size_t i = 0; i < weight.size(); ++i) {
    for (std::size_t r = 0; r < x.shape(0); ++r) y(r, 0) += weight(i) * x(r, i);
  }
  return y;
}

Real LinearRegression::step(const Matrix& x, const Matrix& target, Real learning_rate) {
  const Matrix y = predict(x);
  const Real before = mse_loss(y, target);
  const Matrix dy = mse_loss_backward(y, target);
  Real dbias = 0;
  for (std::size_t r = 0; r < x.shape(0); ++r) dbias += dy(r, 0);
  for (std::size_t i = 0; i < weight.size(); ++i) {
    Real dweight = 0;
    for (std::size_t r = 0; r < x.shape(0); ++r) dweight += x(r, i) * dy(r, 0);
    weight(i) -= learning_rate * dweight;
  }
  bias -= learning_rate * dbias;
  return before;
}

// 2.3

Real sigmoid(Real x) { return (1 + std::tanh(x / 2)) / 2; }

Matrix Sigmoid::forward(const Matrix& x, Cache& cache) const {
  Matrix y = x;
  for (Real& number : y) number = sigmoid(number);
  cache.y = y;
  return y;
}

Matrix Sigmoid::backward(const Matrix& dy, const Cache& cache) const {
  need(dy.shape() == cache.y.shape());
  Matrix dx = dy;
  for (std::size_t i = 0; i < dx.size(); ++i) dx.data()[i] *= (1 - cache.y.data()[i]) * cache.y.data()[i];
  return dx;
}

Matrix Tanh::forward(const Matrix& x, Cache& cache) const {
  cache.y = x;
  for (Real& number : cache.y) number = 2 * sigmoid(2 * number) - 1;
  return cache.y;
}

Matrix Tanh::backward(const Matrix& dy, const Cache& cache) const {
  need(dy.shape() == cache.y.shape());
  Matrix dx = dy;
  for (std::size_t i = 0; i < dx.size(); ++i) dx.data()[i] -= dy.data()[i] * std::pow(cache.y.data()[i], Real{2});
  return dx;
}

Matrix ReLU::forward(const Matrix& x, Cache& cache) const {
  cache.x = x;
  Matrix y = x;
  for (Real& number : y) number = (number + std::abs(number)) / 2;
  return y;
}

Matrix ReLU::backward(const Matrix& dy, const Cache& cache) const {
  need(dy.shape() == cache.x.shape());
  Matrix dx = zeros({dy.shape(0), dy.shape(1)});
  for (std::size_t r = 0; r < dx.shape(0); ++r) {
    for (std::size_t k = 0; k < dx.shape(1); ++k) {
      if (cache.x(r, k) > 0) dx(r, k) = dy(r, k);
    }
  }
  return dx;
}

// 2.4

void glorot_uniform(Matrix& weight, Random& random) {
  const Real width = 2 * std::sqrt(Real{6}) / std::sqrt(static_cast<Real>(weight.shape(0) + weight.shape(1)));
  for (std::size_t i = 0; i < weight.shape(0); ++i) {
    for (std::size_t j = 0; j < weight.shape(1); ++j) weight(i, j) = (random.uniform() - Real(0.5)) * width;
  }
}

Linear::Linear(std::size_t in_features, std::size_t out_features, Random& random)
    : weight({in_features, out_features}), bias({out_features}) {
  glorot_uniform(weight.value, random);
}

Matrix Linear::forward(const Matrix& x, Cache& cache) const {
  need(x.shape(1) == weight.value.shape(0));
  cache.x = x;
  Matrix y = zeros({x.shape(0), weight.value.shape(1)});
  for (std::size_t r = 0; r < y.shape(0); ++r) {
    for (std::size_t j = 0; j < y.shape(1); ++j) y(r, j) = bias.value(j);
  }
  add_product(x.shape(0), x.shape(1), y.shape(1), x, weight.value, y);
  return y;
}

Matrix Linear::backward(const Matrix& dy, const Cache& cache) {
  const Matrix& x = cache.x;
  const Matrix& w = weight.value;
  need(dy.shape(0) == x.shape(0) && dy.shape(1) == w.shape(1));
  Matrix dx = zeros({x.shape(0), x.shape(1)});
  add_product(
      x.shape(0), w.shape(1), x.shape(1), dy, [&](std::size_t j, std::size_t i) { return w(i, j); }, dx);
  add_product(
      x.shape(1), x.shape(0), w.shape(1), [&](std::size_t i, std::size_t r) { return x(r, i); }, dy, weight.grad);
  for (std::size_t j = 0; j < dy.shape(1); ++j) {
    for (std::size_t r = dy.shape(0); r-- > 0;) bias.grad(j) += dy(r, j);
  }
  return dx;
}

// 2.5

Real CrossEntropyLoss::forward(const Matrix& logits, const IdVector& targets, Cache& cache) const {
  need(targets.size() == logits.shape(0));
  for (const Id target : targets) {
    if (target >= logits.shape(1)) throw IdError("CrossEntropyLoss: no such class");
  }
  cache = {logits, targets};
  Real loss = 0;
  for (std::size_t r = 0; r < logits.shape(0); ++r) {
    Real largest = logits(r, 0);
    for (std::size_t k = 1; k < logits.shape(1); ++k) largest = std::fmax(largest, logits(r, k));
    Real total = 0;
    for (std::size_t k = 0; k < logits.shape(1); ++k) total += std::exp(logits(r, k) - largest);
    const Real log_sum = largest + std::log(total);
    for (std::size_t k = 0; k < logits.shape(1); ++k) cache.probabilities(r, k) = std::exp(logits(r, k) - log_sum);
    loss += log_sum - logits(r, targets(r));
  }
  return loss / static_cast<Real>(logits.shape(0));
}

Matrix CrossEntropyLoss::backward(const Cache& cache) const {
  const auto [rows, classes] = cache.probabilities.shape();
  Matrix dlogits = zeros({rows, classes});
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t k = 0; k < classes; ++k) {
      const Real wanted = cache.targets(r) == k ? Real{1} : Real{0};
      dlogits(r, k) = (cache.probabilities(r, k) - wanted) / static_cast<Real>(rows);
    }
  }
  return dlogits;
}

// 2.6

IdVector argmax_rows(const Matrix& x) {
  IdVector columns = IdVector::from_shape({x.shape(0)});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    Id best = x.shape(1) - 1;
    for (Id k = best; k-- > 0;) best = x(r, k) >= x(r, best) ? k : best;
    columns(r) = best;
  }
  return columns;
}

MLP::MLP(const std::vector<std::size_t>& sizes, Random& random) {
  if (sizes.empty() || sizes.size() == 1) throw std::invalid_argument("MLP: too few sizes");
  for (auto size = sizes.begin(); size + 1 != sizes.end(); ++size) layers.emplace_back(*size, *(size + 1), random);
}

Matrix MLP::forward(const Matrix& x, Cache& cache) const {
  cache = {};
  Matrix h = x;
  for (const Linear& layer : layers) {
    h = layer.forward(h, cache.linear.emplace_back());
    if (&layer != &layers.back()) h = ReLU().forward(h, cache.relu.emplace_back());
  }
  return h;
}

void MLP::backward(const Matrix& dlogits, const Cache& cache) {
  Matrix dh = dlogits;
  auto relu = cache.relu.rbegin();
  auto linear = cache.linear.rbegin();
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    dh = layer->backward(dh, *linear++);
    if (relu != cache.relu.rend()) dh = ReLU().backward(dh, *relu++);
  }
}

IdVector MLP::predict(const Matrix& x) const {
  Cache cache;
  return argmax_rows(forward(x, cache));
}

ParameterList MLP::parameters() {
  ParameterList list;
  std::size_t i = 0;
  for (Linear& layer : layers) append(list, "layer" + std::to_string(i++), layer.parameters());
  return list;
}

// 2.7

void sgd_step(const ParameterList& parameters, Real learning_rate) {
  for (const ParameterRef& parameter : parameters) {
    for (std::size_t i = 0; i < parameter.value().size(); ++i) {
      parameter.value()[i] = parameter.value()[i] - parameter.grad()[i] * learning_rate;
    }
  }
}

Real train_step(MLP& model, const Matrix& x, const IdVector& targets, Real learning_rate) {
  MLP::Cache cache;
  CrossEntropyLoss::Cache loss_cache;
  const Matrix logits = model.forward(x, cache);
  const Real loss = CrossEntropyLoss{}.forward(logits, targets, loss_cache);
  const Matrix dlogits = CrossEntropyLoss{}.backward(loss_cache);
  zero_grad(model.parameters());
  model.backward(dlogits, cache);
  sgd_step(model.parameters(), learning_rate);
  return loss;
}

Real train_epoch(MLP& model, const Matrix& x, const IdVector& targets, Batches& batches, Real learning_rate) {
  Real sum = 0;
  std::size_t seen = 0;
  for (const auto rows : batches.epoch()) {
    const Real loss = train_step(model, gather_rows(x, rows), gather(targets, rows), learning_rate);
    for (std::size_t i = 0; i < rows.size(); ++i) sum += loss;
    seen += rows.size();
  }
  return sum / static_cast<Real>(seen);
}

}  // namespace nn
