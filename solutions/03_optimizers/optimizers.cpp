#include "03_optimizers/optimizers.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "linalg/linalg.hpp"
#include "tensor/shape.hpp"

namespace nn {

// 3.1 Initial weights

void he_normal(Matrix& weight, Random& random) {
  const Real deviation = std::sqrt(Real{2} / static_cast<Real>(weight.shape(0)));
  fill_normal(values(weight), random, 0, deviation);
}

void orthogonal(Matrix& weight, Random& random) {
  fill_normal(values(weight), random, 0, 1);
  const bool is_wide = weight.shape(0) < weight.shape(1);
  auto [q, r] = qr(is_wide ? Matrix(xt::transpose(weight)) : weight);

  // Choose the sign of each column so that the diagonal of r would be positive
  for (std::size_t i = 0; i < q.shape(0); ++i) {
    for (std::size_t j = 0; j < q.shape(1); ++j) {
      q(i, j) *= r(j, j) < 0 ? Real{-1} : Real{1};
    }
  }
  weight = is_wide ? Matrix(xt::transpose(q)) : q;
}

// 3.2 Stochastic gradient descent with momentum

void SGD::step() {
  const auto [momentum, weight_decay] = options_;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const std::span<Real> theta = parameters_[i].value();
    const std::span<const Real> grad = parameters_[i].grad();
    const std::span<Real> v = values(velocity_[i]);
    for (std::size_t k = 0; k < theta.size(); ++k) {
      const Real g = grad[k] + weight_decay * theta[k];
      v[k] = momentum * v[k] + g;
      theta[k] -= learning_rate * v[k];
    }
  }
}

// 3.3 RMSProp

void RMSProp::step() {
  const auto [alpha, epsilon] = options_;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const std::span<Real> theta = parameters_[i].value();
    const std::span<const Real> g = parameters_[i].grad();
    const std::span<Real> s = values(mean_square_[i]);
    for (std::size_t k = 0; k < theta.size(); ++k) {
      s[k] = alpha * s[k] + (1 - alpha) * g[k] * g[k];
      theta[k] -= learning_rate * g[k] / (std::sqrt(s[k]) + epsilon);
    }
  }
}

// 3.4 Adam and AdamW

void Adam::step() {
  const auto [beta1, beta2, epsilon, weight_decay] = options_;

  // After t steps the factors of all gradients in m add up to 1 - beta1^t, those in s to 1 - beta2^t
  ++steps_;
  const Real t = static_cast<Real>(steps_);
  const Real correction1 = 1 - std::pow(beta1, t);
  const Real correction2 = 1 - std::pow(beta2, t);

  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const std::span<Real> theta = parameters_[i].value();
    const std::span<const Real> grad = parameters_[i].grad();
    const std::span<Real> m = values(first_moment_[i]);
    const std::span<Real> s = values(second_moment_[i]);
    for (std::size_t k = 0; k < theta.size(); ++k) {
      const Real g = grad[k] + weight_decay * theta[k];
      m[k] = beta1 * m[k] + (1 - beta1) * g;
      s[k] = beta2 * s[k] + (1 - beta2) * g * g;
      const Real m_hat = m[k] / correction1;
      const Real s_hat = s[k] / correction2;
      theta[k] -= learning_rate * m_hat / (std::sqrt(s_hat) + epsilon);
    }
  }
}

void AdamW::step() {
  for (const ParameterRef& parameter : parameters_) {
    for (Real& theta : parameter.value()) {
      theta -= learning_rate * weight_decay_ * theta;
    }
  }
  Adam::step();
}

// 3.5 Dropout

Dropout::Dropout(Real probability) : probability_(probability) {
  if (!(probability >= 0 && probability < 1)) {
    throw std::invalid_argument("Dropout: the probability must be at least 0 and below 1");
  }
}

Matrix Dropout::forward(const Matrix& x, Mode mode, Cache& cache) const {
  // Decide the factor of each number: 0 if it is dropped
  cache.scale.resize(x.shape());
  cache.scale.fill(1);
  if (mode.is_training()) {
    const Real kept = 1 / (1 - probability_);
    for (Real& scale : values(cache.scale)) {
      scale = mode.random().uniform() < probability_ ? Real{0} : kept;
    }
  }
  return x * cache.scale;
}

Matrix Dropout::backward(const Matrix& dy, const Cache& cache) const {
  check_shape("Dropout::backward", "dy", dy, {cache.scale.shape(0), cache.scale.shape(1)});
  return dy * cache.scale;
}

// 3.6 Gradient clipping and learning-rate schedules

Real grad_norm(const ParameterList& parameters) {
  Real sum = 0;
  for (const ParameterRef& parameter : parameters) {
    const std::span<const Real> grad = parameter.grad();
#pragma omp simd reduction(+ : sum)
    for (std::size_t k = 0; k < grad.size(); ++k) {
      sum += grad[k] * grad[k];
    }
  }
  return std::sqrt(sum);
}

Real clip_grad_norm(const ParameterList& parameters, Real max_norm) {
  const Real norm = grad_norm(parameters);
  if (norm > max_norm) {
    for (const ParameterRef& parameter : parameters) {
      for (Real& g : parameter.grad()) {
        g *= max_norm / norm;
      }
    }
  }
  return norm;
}

Real step_schedule(Real learning_rate, std::size_t step, std::size_t step_size, Real gamma) {
  return learning_rate * std::pow(gamma, static_cast<Real>(step / step_size));
}

Real cosine_schedule(Real learning_rate, std::size_t step, std::size_t total_steps, Real lowest) {
  if (step >= total_steps) {
    return lowest;
  }
  const Real done = static_cast<Real>(step) / static_cast<Real>(total_steps);
  const Real wave = (1 + std::cos(std::numbers::pi_v<Real> * done)) / 2;  // from 1 down to 0
  return lowest + (learning_rate - lowest) * wave;
}

Real warmup_schedule(std::size_t d_model, std::size_t step, std::size_t warmup_steps) {
  if (step == 0) {
    return 0;
  }
  const Real t = static_cast<Real>(step);
  const Real warmup = static_cast<Real>(warmup_steps);
  const Real falling = 1 / std::sqrt(t);
  const Real rising = t / (warmup * std::sqrt(warmup));
  return std::min(falling, rising) / std::sqrt(static_cast<Real>(d_model));
}

// 3.7 Early stopping

EarlyStopping::EarlyStopping(std::size_t patience) : patience_(patience) {
  if (patience == 0) {
    throw std::invalid_argument("EarlyStopping: the patience must be at least one epoch");
  }
}

bool EarlyStopping::update(Real loss) {
  const bool is_best = loss < best_loss;  // false if loss is NaN
  if (is_best) {
    best_loss = loss;
    best_epoch = epochs_;
    since_best_ = 0;
  } else {
    ++since_best_;
  }
  ++epochs_;
  return is_best;
}

bool EarlyStopping::should_stop() const { return since_best_ >= patience_; }

}  // namespace nn
