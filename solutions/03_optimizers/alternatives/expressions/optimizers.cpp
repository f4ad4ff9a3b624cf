#include "03_optimizers/optimizers.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "linalg/linalg.hpp"
#include "tensor/shape.hpp"

// The lab in another way: expressions on whole tensors wherever possible.

namespace nn {

namespace {

Vector as_vector(std::span<const Real> x) {
  Vector v = zeros({x.size()});
  std::ranges::copy(x, v.begin());
  return v;
}

void write(const Vector& x, std::span<Real> to) { std::ranges::copy(x, to.begin()); }

}  // namespace

// 3.1

void he_normal(Matrix& weight, Random& random) {
  fill_normal(values(weight), random, 0, 1);
  weight /= std::sqrt(static_cast<Real>(weight.shape(0)) / 2);
}

void orthogonal(Matrix& weight, Random& random) {
  fill_normal(values(weight), random, 0, 1);
  const auto with_signs = [](const Matrix& x) -> Matrix {
    const QR factors = qr(x);
    return factors.q * xt::sign(xt::diagonal(factors.r));
  };
  if (weight.shape(0) < weight.shape(1)) {
    const Matrix turned = with_signs(Matrix(xt::transpose(weight)));
    weight = xt::transpose(turned);
  } else {
    weight = with_signs(weight);
  }
}

// 3.2

void SGD::step() {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const Vector theta = as_vector(parameters_[i].value());
    const Vector g = as_vector(parameters_[i].grad());
    Vector& v = velocity_[i];
    v = options_.weight_decay * theta + (options_.momentum * v + g);
    write(theta - learning_rate * v, parameters_[i].value());
  }
}

// 3.3

void RMSProp::step() {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const Vector theta = as_vector(parameters_[i].value());
    const Vector g = as_vector(parameters_[i].grad());
    Vector& s = mean_square_[i];
    s += (1 - options_.alpha) * (xt::pow(g, 2) - s);
    const Vector rates = learning_rate / (options_.epsilon + xt::sqrt(s));
    write(theta - rates * g, parameters_[i].value());
  }
}

// 3.4

void Adam::step() {
  // Both corrections become part of the step size. Taking the root of 1 - beta2^t out of the denominator multiplies
  // epsilon by it.
  steps_ = steps_ + 1;
  const Real t = static_cast<Real>(steps_);
  const Real correction1 = -std::expm1(t * std::log(options_.beta1));
  const Real root2 = std::sqrt(-std::expm1(t * std::log(options_.beta2)));
  const Real step_size = learning_rate * root2 / correction1;
  const Real epsilon = options_.epsilon * root2;

  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const Vector theta = as_vector(parameters_[i].value());
    const Vector g = as_vector(parameters_[i].grad()) + options_.weight_decay * theta;
    Vector& m = first_moment_[i];
    Vector& s = second_moment_[i];
    m = m + (1 - options_.beta1) * (g - m);
    s = s + (1 - options_.beta2) * (g * g - s);
    write(theta - step_size * m / (xt::sqrt(s) + epsilon), parameters_[i].value());
  }
}

void AdamW::step() {
  for (const ParameterRef& parameter : parameters_) {
    write(as_vector(parameter.value()) * (1 - learning_rate * weight_decay_), parameter.value());
  }
  Adam::step();
}

// 3.5

Dropout::Dropout(Real probability) : probability_(probability) {
  if (probability < 0 || probability >= 1) {
    throw std::invalid_argument("Dropout: 0 <= probability < 1");
  }
}

Matrix Dropout::forward(const Matrix& x, Mode mode, Cache& cache) const {
  if (!mode.is_training()) {
    cache.scale = xt::ones_like(x);
    return x;
  }
  Matrix draws = x;
  fill_uniform(values(draws), mode.random(), 0, 1);
  cache.scale = xt::cast<Real>(draws >= probability_) / (1 - probability_);
  return xt::where(draws < probability_, Real{0} * x, x / (1 - probability_));
}

Matrix Dropout::backward(const Matrix& dy, const Cache& cache) const {
  if (dy.shape() != cache.scale.shape()) {
    throw ShapeError("Dropout: dy has another shape than x");
  }
  Matrix dx = dy;
  dx *= cache.scale;
  return dx;
}

// 3.6

Real grad_norm(const ParameterList& parameters) {
  Vector norms = zeros({parameters.size()});
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Vector g = as_vector(parameters[i].grad());
    norms(i) = std::sqrt(xt::sum(g * g)());
  }
  return std::sqrt(xt::sum(norms * norms)());
}

Real clip_grad_norm(const ParameterList& parameters, Real max_norm) {
  // If the norm is 0, the quotient is infinite and the factor is 1
  const Real norm = grad_norm(parameters);
  const Real factor = std::min(Real{1}, max_norm / norm);
  for (const ParameterRef& parameter : parameters) {
    write(as_vector(parameter.grad()) * factor, parameter.grad());
  }
  return norm;
}

Real step_schedule(Real learning_rate, std::size_t step, std::size_t step_size, Real gamma) {
  const Real times = std::floor(static_cast<Real>(step) / static_cast<Real>(step_size));
  return learning_rate * std::exp(times * std::log(gamma));
}

Real cosine_schedule(Real learning_rate, std::size_t step, std::size_t total_steps, Real lowest) {
  // (1 + cos a) / 2 is the square of cos (a / 2)
  const Real done = static_cast<Real>(std::min(step, total_steps)) / static_cast<Real>(total_steps);
  const Real root = std::cos(std::numbers::pi_v<Real> / 2 * done);
  return root * root * learning_rate + (1 - root * root) * lowest;
}

Real warmup_schedule(std::size_t d_model, std::size_t step, std::size_t warmup_steps) {
  // At step 0 the first is infinite and the second is 0
  const Real falling = std::pow(static_cast<Real>(step), Real(-0.5));
  const Real rising = static_cast<Real>(step) * std::pow(static_cast<Real>(warmup_steps), Real(-1.5));
  return std::pow(static_cast<Real>(d_model), Real(-0.5)) * std::min(falling, rising);
}

// 3.7

EarlyStopping::EarlyStopping(std::size_t patience) : patience_(patience) {
  if (patience < 1) {
    throw std::invalid_argument("EarlyStopping: patience is 0");
  }
}

bool EarlyStopping::update(Real loss) {
  const std::size_t epoch = epochs_++;
  if (std::isnan(loss) || loss >= best_loss) {
    since_best_ += 1;
    return false;
  }
  best_loss = loss;
  best_epoch = epoch;
  since_best_ = 0;
  return true;
}

bool EarlyStopping::should_stop() const { return !(since_best_ < patience_); }

}  // namespace nn
