#include "03_optimizers/optimizers.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <vector>

#include "tensor/shape.hpp"

// The lab in another way: plain loops, from the last number to the first where the order is free, with helpers, numbers
// changed in place, running products instead of powers, and other algebra.

namespace nn {

namespace {

/// Calls rule(theta, g, i, k) for number k of parameter i, for all of them.
template <class Rule>
void for_each_number(const ParameterList& parameters, const Rule& rule) {
  for (std::size_t i = parameters.size(); i-- > 0;) {
    const std::span<Real> theta = parameters[i].value();
    const std::span<const Real> g = parameters[i].grad();
    for (std::size_t k = theta.size(); k-- > 0;) rule(theta[k], g[k], i, k);
  }
}

/// base^exponent as a loop of products.
Real product(Real base, std::size_t exponent) {
  Real y = 1;
  while (exponent-- > 0) y *= base;
  return y;
}

}  // namespace

// 3.1

void he_normal(Matrix& weight, Random& random) {
  const Real deviation = std::numbers::sqrt2_v<Real> / std::sqrt(static_cast<Real>(weight.shape(0)));
  for (std::size_t r = 0; r < weight.shape(0); ++r) {
    for (std::size_t c = 0; c < weight.shape(1); ++c) weight(r, c) = deviation * random.normal();
  }
}

/// Gram-Schmidt, twice for accuracy: makes each line orthogonal to those before. The norms are the diagonal of r, so it
/// is positive.
void orthogonal(Matrix& weight, Random& random) {
  const std::size_t rows = weight.shape(0), columns = weight.shape(1);
  for (std::size_t i = 0; i < weight.size(); ++i) weight.data()[i] = random.normal();
  const bool by_columns = rows >= columns;
  const std::size_t lines = std::min(rows, columns), length = std::max(rows, columns);
  const auto at = [&](std::size_t line, std::size_t i) -> Real& {
    return by_columns ? weight(i, line) : weight(line, i);
  };
  const auto dot = [&](std::size_t a, std::size_t b) {
    Real sum = 0;
    for (std::size_t i = 0; i < length; ++i) sum += at(a, i) * at(b, i);
    return sum;
  };
  for (std::size_t line = 0; line < lines; ++line) {
    for (std::size_t k = 0; k < 2 * line; ++k) {
      const Real share = dot(line, k % line);
      for (std::size_t i = 0; i < length; ++i) at(line, i) -= share * at(k % line, i);
    }
    const Real norm = std::sqrt(dot(line, line));
    for (std::size_t i = 0; i < length; ++i) at(line, i) /= norm;
  }
}

// 3.2

void SGD::step() {
  const Real shrink = 1 - learning_rate * options_.weight_decay;
  for_each_number(parameters_, [&](Real& theta, Real g, std::size_t i, std::size_t k) {
    // The first step takes the gradient as it is
    Real& v = velocity_[i](k);
    const Real rolling = v == 0 ? g : options_.momentum * v + g;
    v = rolling + options_.weight_decay * theta;
    theta = shrink * theta - learning_rate * rolling;
  });
}

// 3.3

void RMSProp::step() {
  for_each_number(parameters_, [&](Real& theta, Real g, std::size_t i, std::size_t k) {
    Real& s = mean_square_[i](k);
    s *= options_.alpha;
    s += g * g - options_.alpha * g * g;
    theta += -g / (options_.epsilon + std::sqrt(s)) * learning_rate;
  });
}

// 3.4

void Adam::step() {
  ++steps_;
  const std::size_t t = steps_;
  const Real step_size = learning_rate / (1 - product(options_.beta1, t));
  const Real root2 = std::sqrt(1 - product(options_.beta2, t));
  for_each_number(parameters_, [&](Real& theta, Real g, std::size_t i, std::size_t k) {
    g += options_.weight_decay * theta;
    Real& m = first_moment_[i](k);
    Real& s = second_moment_[i](k);
    m = std::lerp(g, m, options_.beta1);
    s = std::lerp(g * g, s, options_.beta2);
    theta -= step_size * (m / (std::sqrt(s) / root2 + options_.epsilon));
  });
}

void AdamW::step() {
  // The step of Adam does not depend on theta, so the decay may come after it, if it uses theta from before the step
  std::vector<Real> before;
  for (const ParameterRef& parameter : parameters_) {
    before.insert(before.end(), parameter.value().begin(), parameter.value().end());
  }
  Adam::step();
  for_each_number(parameters_, [&](Real& theta, Real, std::size_t, std::size_t) {
    theta -= weight_decay_ * before.back() * learning_rate;
    before.pop_back();
  });
}

// 3.5

Dropout::Dropout(Real probability) : probability_(probability) {
  const bool possible = 0 <= probability && probability < 1;
  if (!possible) throw std::invalid_argument("Dropout: not a probability below 1");
}

Matrix Dropout::forward(const Matrix& x, Mode mode, Cache& cache) const {
  Matrix y = x;
  cache.scale = x;
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    for (std::size_t c = 0; c < x.shape(1); ++c) {
      Real& scale = cache.scale(r, c);
      scale = 1;
      if (!mode.is_training()) continue;
      if (probability_ <= mode.random().uniform()) {
        scale /= 1 - probability_;
        y(r, c) /= 1 - probability_;
      } else {
        scale = y(r, c) = 0;
      }
    }
  }
  return y;
}

Matrix Dropout::backward(const Matrix& dy, const Cache& cache) const {
  check_shape_of("Dropout::backward", "dy", dy.shape(), {cache.scale.shape(0), cache.scale.shape(1)});
  Matrix dx = zeros({dy.shape(0), dy.shape(1)});
  for (std::size_t c = 0; c < dy.shape(1); ++c) {
    for (std::size_t r = 0; r < dy.shape(0); ++r) {
      if (cache.scale(r, c) > 0) dx(r, c) = cache.scale(r, c) * dy(r, c);
    }
  }
  return dx;
}

// 3.6

Real grad_norm(const ParameterList& parameters) {
  Real length = 0;
  for_each_number(parameters, [&](Real&, Real g, std::size_t, std::size_t) { length = std::hypot(length, g); });
  return length;
}

Real clip_grad_norm(const ParameterList& parameters, Real max_norm) {
  const Real norm = grad_norm(parameters);
  if (norm <= max_norm) return norm;
  for (std::size_t i = parameters.size(); i-- > 0;) {
    const std::span<Real> grad = parameters[i].grad();
    for (std::size_t k = 0; k < grad.size(); ++k) grad[k] = grad[k] / norm * max_norm;
  }
  return norm;
}

Real step_schedule(Real learning_rate, std::size_t step, std::size_t step_size, Real gamma) {
  for (std::size_t next = step_size; next <= step; next += step_size) learning_rate *= gamma;
  return learning_rate;
}

Real cosine_schedule(Real learning_rate, std::size_t step, std::size_t total_steps, Real lowest) {
  // The middle, and the wave around it
  const Real middle = (learning_rate + lowest) / 2;
  const Real height = (learning_rate - lowest) / 2;
  const Real angle = static_cast<Real>(step) * std::numbers::pi_v<Real> / static_cast<Real>(total_steps);
  return step < total_steps ? middle + height * std::cos(angle) : lowest;
}

Real warmup_schedule(std::size_t d_model, std::size_t step, std::size_t warmup_steps) {
  // The peak, and the fraction of it that is reached
  const Real peak = 1 / std::sqrt(static_cast<Real>(d_model) * static_cast<Real>(warmup_steps));
  const Real time = static_cast<Real>(step) / static_cast<Real>(warmup_steps);
  return time < 1 ? peak * time : peak / std::sqrt(time);
}

// 3.7

EarlyStopping::EarlyStopping(std::size_t patience) : patience_(patience) {
  if (patience_ == 0) throw std::invalid_argument("EarlyStopping: wait for one epoch at least");
}

bool EarlyStopping::update(Real loss) {
  ++epochs_;
  ++since_best_;
  if (std::isgreaterequal(loss, best_loss) || loss != loss) return false;
  best_loss = loss;
  best_epoch = epochs_ - 1;
  since_best_ = 0;
  return true;
}

bool EarlyStopping::should_stop() const { return patience_ <= since_best_; }

}  // namespace nn
