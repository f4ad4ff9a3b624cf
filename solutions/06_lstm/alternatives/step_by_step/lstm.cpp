// Plain loops over single numbers; a sequence is the cell, called step by step.
#include "06_lstm/lstm.hpp"

#include <cmath>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

namespace nn {

LSTMState LSTMGates::forward(Matrix a, const Matrix& c, Cache& cache) const {
  const std::size_t batch = c.shape(0), n = c.shape(1);
  check_shape("LSTMGates::forward", "a", a, {batch, 4 * n});
  LSTMState next = zero_state(batch, n);
  cache.gates = zeros({batch, 4 * n});
  cache.tanh_c = zeros({batch, n});
  cache.c = c;
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t r = 0; r < batch; ++r) {
      const Real input = sigmoid(a(r, k)), forget = sigmoid(a(r, n + k));
      const Real candidate = std::tanh(a(r, 2 * n + k)), output = sigmoid(a(r, 3 * n + k));
      cache.gates(r, k) = input;
      cache.gates(r, n + k) = forget;
      cache.gates(r, 2 * n + k) = candidate;
      cache.gates(r, 3 * n + k) = output;
      next.c(r, k) = input * candidate + forget * c(r, k);
      cache.tanh_c(r, k) = std::tanh(next.c(r, k));
      next.h(r, k) = output * cache.tanh_c(r, k);
    }
  }
  return next;
}

LSTMGates::Gradients LSTMGates::backward(const LSTMState& dnext, const Cache& cache) const {
  const std::size_t batch = cache.c.shape(0), n = cache.c.shape(1);
  check_shape("LSTMGates::backward", "dnext.h", dnext.h, {batch, n});
  check_shape("LSTMGates::backward", "dnext.c", dnext.c, {batch, n});
  Gradients result{zeros({batch, 4 * n}), zeros({batch, n})};
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t r = 0; r < batch; ++r) {
      const Real i = cache.gates(r, k), f = cache.gates(r, n + k);
      const Real g = cache.gates(r, 2 * n + k), o = cache.gates(r, 3 * n + k);
      const Real shown = cache.tanh_c(r, k);
      Real dc = dnext.h(r, k) * o;
      dc -= dc * shown * shown;
      dc += dnext.c(r, k);
      result.dc(r, k) = f * dc;
      result.da(r, k) = (i - i * i) * g * dc;
      result.da(r, n + k) = (f - f * f) * cache.c(r, k) * dc;
      result.da(r, 2 * n + k) = (1 - g) * (1 + g) * i * dc;
      result.da(r, 3 * n + k) = (o - o * o) * shown * dnext.h(r, k);
    }
  }
  return result;
}

LSTMCell::LSTMCell(std::size_t input_size, std::size_t hidden_size, Random& random, Real forget_bias)
    : weight_ih({input_size, 4 * hidden_size}), weight_hh({hidden_size, 4 * hidden_size}), bias({4 * hidden_size}) {
  glorot_uniform(weight_ih.value, random);
  orthogonal(weight_hh.value, random);
  for (std::size_t k = hidden_size; k < 2 * hidden_size; ++k) {
    bias.value(k) = forget_bias;
  }
}

LSTMState LSTMCell::forward(const Matrix& x, const LSTMState& state, Cache& cache) const {
  const std::size_t n = weight_hh.value.shape(0);
  check_shape("LSTMCell::forward", "x", x, {any, weight_ih.value.shape(0)});
  check_shape("LSTMCell::forward", "h", state.h, {x.shape(0), n});
  check_shape("LSTMCell::forward", "c", state.c, {x.shape(0), n});
  cache.x = x;
  cache.h = state.h;
  Matrix a = zeros({x.shape(0), 4 * n});
  for (std::size_t r = 0; r < a.shape(0); ++r) {
    for (std::size_t k = 0; k < 4 * n; ++k) {
      for (std::size_t j = n; j-- > 0;) {
        a(r, k) += state.h(r, j) * weight_hh.value(j, k);
      }
      for (std::size_t j = x.shape(1); j-- > 0;) {
        a(r, k) += x(r, j) * weight_ih.value(j, k);
      }
      a(r, k) += bias.value(k);
    }
  }
  return LSTMGates().forward(a, state.c, cache.gates);
}

LSTMCell::Gradients LSTMCell::backward(const LSTMState& dnext, const Cache& cache) {
  const auto [da, dc] = LSTMGates().backward(dnext, cache.gates);
  Gradients result{zeros({da.shape(0), cache.x.shape(1)}), {zeros({da.shape(0), dc.shape(1)}), dc}};
  for (std::size_t r = 0; r < da.shape(0); ++r) {
    for (std::size_t k = 0; k < da.shape(1); ++k) {
      bias.grad(k) += da(r, k);
      for (std::size_t j = 0; j < cache.x.shape(1); ++j) {
        weight_ih.grad(j, k) += da(r, k) * cache.x(r, j);
        result.dx(r, j) += da(r, k) * weight_ih.value(j, k);
      }
      for (std::size_t j = 0; j < dc.shape(1); ++j) {
        weight_hh.grad(j, k) += da(r, k) * cache.h(r, j);
        result.dstate.h(r, j) += da(r, k) * weight_hh.value(j, k);
      }
    }
  }
  return result;
}

Tensor3 LSTM::forward(const Tensor3& x, const LSTMState& start, Cache& cache) const {
  if (x.shape(0) == 0) {
    throw ShapeError("LSTM::forward: x has no steps");
  }
  cache.x = x;
  cache.h = Tensor3({x.shape(0) + 1, x.shape(1), hidden_size()});
  cache.steps.clear();
  LSTMState state = start;
  for (std::size_t t = 0; t < x.shape(0); ++t) {
    LSTMCell::Cache step;
    const LSTMState next = cell.forward(merge_leading(time_steps(x, t, 1)), state, step);
    xt::view(cache.h, t) = state.h;
    cache.steps.push_back(step.gates);
    state = next;
  }
  xt::view(cache.h, x.shape(0)) = state.h;
  cache.c = state.c;
  return time_steps(cache.h, 1, x.shape(0));
}

LSTM::Gradients LSTM::backward(const Tensor3& dy, const Cache& cache) {
  check_shape("LSTM::backward", "dy", dy, {cache.x.shape(0), cache.x.shape(1), hidden_size()});
  Gradients result{Tensor3(cache.x.shape()), zero_state(cache.x.shape(1), hidden_size())};
  for (std::size_t t = cache.x.shape(0); t-- > 0;) {
    const LSTMCell::Cache step{merge_leading(time_steps(cache.x, t, 1)), merge_leading(time_steps(cache.h, t, 1)),
                               cache.steps[t]};
    result.dstart.h += xt::view(dy, t);
    const LSTMCell::Gradients gradients = cell.backward(result.dstart, step);
    xt::view(result.dx, t) = gradients.dx;
    result.dstart = gradients.dstate;
  }
  return result;
}

LSTMState final_state(const LSTM::Cache& cache) {
  return {merge_leading(time_steps(cache.h, cache.steps.size(), 1)), cache.c};
}

}  // namespace nn
