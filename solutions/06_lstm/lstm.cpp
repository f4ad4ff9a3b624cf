#include "06_lstm/lstm.hpp"

#include <algorithm>
#include <utility>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "blas/matmul.hpp"
#include "blas/rows.hpp"
#include "tensor/elementwise.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

namespace nn {

namespace {

using enum Transpose;

void check_state(const char* function, const LSTMState& state, std::size_t batch, std::size_t hidden_size) {
  check_shape(function, "h", state.h, {batch, hidden_size});
  check_shape(function, "c", state.c, {batch, hidden_size});
}

}  // namespace

// 6.1 The gates

LSTMState LSTMGates::forward(Matrix a, const Matrix& c, Cache& cache) const {
  const auto [batch, n] = c.shape();
  check_shape("LSTMGates::forward", "a", a, {batch, 4 * n});
  cache.gates = std::move(a);
  cache.c = c;
  cache.tanh_c.resize({batch, n});
  LSTMState next{Matrix({batch, n}), Matrix({batch, n})};
  for (std::size_t r = 0; r < batch; ++r) {
    // Turn the sums into gates
    const std::span<Real> gates = row(cache.gates, r);
    const std::span<Real> i = gates.subspan(0, n), f = gates.subspan(n, n);
    const std::span<Real> g = gates.subspan(2 * n, n), o = gates.subspan(3 * n, n);
    apply_sigmoid(gates.first(2 * n));
    apply_tanh(g);
    apply_sigmoid(o);

    // Keep a part of the cell, and add a part of the candidate
    const std::span<const Real> c_r = row(c, r);
    const std::span<Real> c_next = row(next.c, r), tanh_c = row(cache.tanh_c, r), h_next = row(next.h, r);
    for (std::size_t k = 0; k < n; ++k) {
      c_next[k] = f[k] * c_r[k] + i[k] * g[k];
    }

    // Show a part of it
    std::ranges::copy(c_next, tanh_c.begin());
    apply_tanh(tanh_c);
    for (std::size_t k = 0; k < n; ++k) {
      h_next[k] = o[k] * tanh_c[k];
    }
  }
  return next;
}

LSTMGates::Gradients LSTMGates::backward(const LSTMState& dnext, const Cache& cache) const {
  const auto [batch, n] = cache.c.shape();
  check_state("LSTMGates::backward", dnext, batch, n);
  Gradients gradients{Matrix({batch, 4 * n}), Matrix({batch, n})};
  for (std::size_t r = 0; r < batch; ++r) {
    const std::span<const Real> gates = row(cache.gates, r);
    const std::span<const Real> i = gates.subspan(0, n), f = gates.subspan(n, n);
    const std::span<const Real> g = gates.subspan(2 * n, n), o = gates.subspan(3 * n, n);
    const std::span<const Real> c = row(cache.c, r), tanh_c = row(cache.tanh_c, r);
    const std::span<const Real> dh_next = row(dnext.h, r), dc_next = row(dnext.c, r);
    const std::span<Real> da = row(gradients.da, r), dc = row(gradients.dc, r);
    for (std::size_t k = 0; k < n; ++k) {
      // h_next = o tanh(c_next): a second path to c_next
      const Real dcell = dc_next[k] + dh_next[k] * o[k] * (1 - tanh_c[k] * tanh_c[k]);

      // c_next = f c + i g
      dc[k] = dcell * f[k];

      // The slopes: s (1 - s) of a sigmoid s, 1 - g^2 of the tanh g
      da[k] = dcell * g[k] * i[k] * (1 - i[k]);
      da[n + k] = dcell * c[k] * f[k] * (1 - f[k]);
      da[2 * n + k] = dcell * i[k] * (1 - g[k] * g[k]);
      da[3 * n + k] = dh_next[k] * tanh_c[k] * o[k] * (1 - o[k]);
    }
  }
  return gradients;
}

// 6.2 One step

LSTMCell::LSTMCell(std::size_t input_size, std::size_t hidden_size, Random& random, Real forget_bias)
    : weight_ih({input_size, 4 * hidden_size}), weight_hh({hidden_size, 4 * hidden_size}), bias({4 * hidden_size}) {
  glorot_uniform(weight_ih.value, random);
  orthogonal(weight_hh.value, random);
  std::ranges::fill(values(bias.value).subspan(hidden_size, hidden_size), forget_bias);
}

LSTMState LSTMCell::forward(const Matrix& x, const LSTMState& state, Cache& cache) const {
  const auto [input_size, columns] = weight_ih.value.shape();
  check_shape("LSTMCell::forward", "x", x, {any, input_size});
  check_state("LSTMCell::forward", state, x.shape(0), columns / 4);
  cache.x = x;
  cache.h = state.h;
  Matrix a({x.shape(0), columns});
  fill_rows(block(a), bias.value);
  add_matmul(x, weight_ih.value, a);
  add_matmul(state.h, weight_hh.value, a);
  return LSTMGates().forward(std::move(a), state.c, cache.gates);
}

LSTMCell::Gradients LSTMCell::backward(const LSTMState& dnext, const Cache& cache) {
  LSTMGates::Gradients gradients = LSTMGates().backward(dnext, cache.gates);
  const Matrix& da = gradients.da;

  // a = x W + h U + b is linear in each of its parts
  add_matmul_tn(cache.x, da, weight_ih.grad);
  add_matmul_tn(cache.h, da, weight_hh.grad);
  add_column_sums(block(da), bias.grad);
  return {matmul_nt(da, weight_ih.value), {matmul_nt(da, weight_hh.value), std::move(gradients.dc)}};
}

// 6.3 A sequence

Tensor3 LSTM::forward(const Tensor3& x, const LSTMState& start, Cache& cache) const {
  const auto [time, batch, input_size] = x.shape();
  const std::size_t n = hidden_size();
  check_shape("LSTM::forward", "x", x, {any, any, cell.weight_ih.value.shape(0)});
  check_state("LSTM::forward", start, batch, n);
  if (time == 0) {
    throw ShapeError("LSTM::forward: x has no steps");
  }
  cache.x = x;
  cache.h.resize({time + 1, batch, n});
  cache.steps.resize(time);

  // a = x W + b for all steps at once
  Tensor3 a({time, batch, 4 * n});
  fill_rows(block(a, 0, time), cell.bias.value);
  gemm(no, block(x, 0, time), no, block(cell.weight_ih.value), block(a, 0, time), 1, 1);

  // Step by step, add what the state before it contributes; then the gates
  std::ranges::copy(start.h, time_step(cache.h, 0).begin());
  cache.c = start.c;
  for (std::size_t t = 0; t < time; ++t) {
    gemm(no, block(cache.h, t), no, block(cell.weight_hh.value), block(a, t), 1, 1);
    Matrix a_t({batch, 4 * n});
    std::ranges::copy(time_step(a, t), a_t.begin());
    LSTMState next = LSTMGates().forward(std::move(a_t), cache.c, cache.steps[t]);
    std::ranges::copy(next.h, time_step(cache.h, t + 1).begin());
    cache.c = std::move(next.c);
  }
  return time_steps(cache.h, 1, time);
}

LSTM::Gradients LSTM::backward(const Tensor3& dy, const Cache& cache) {
  const auto [time, batch, input_size] = cache.x.shape();
  const std::size_t n = hidden_size();
  check_shape("LSTM::backward", "dy", dy, {time, batch, n});

  // From the last step to the first: h gets dy and what the step after it sends back, c only the latter
  Tensor3 da({time, batch, 4 * n});
  LSTMState dstate = zero_state(batch, n);
  for (std::size_t t = time; t-- > 0;) {
    const std::span<const Real> dy_t = time_step(dy, t);
    for (std::size_t k = 0; k < dy_t.size(); ++k) {
      values(dstate.h)[k] += dy_t[k];
    }
    LSTMGates::Gradients gradients = LSTMGates().backward(dstate, cache.steps[t]);
    std::ranges::copy(gradients.da, time_step(da, t).begin());
    dstate.h = matmul_nt(gradients.da, cell.weight_hh.value);
    dstate.c = std::move(gradients.dc);
  }

  // What all steps share is one product, or one sum, over the rows of all steps
  const Block<const Real> all = block(std::as_const(da), 0, time);
  gemm(yes, block(cache.x, 0, time), no, all, block(cell.weight_ih.grad), 1, 1);
  gemm(yes, block(cache.h, 0, time), no, all, block(cell.weight_hh.grad), 1, 1);
  add_column_sums(all, cell.bias.grad);
  Tensor3 dx({time, batch, input_size});
  gemm(no, all, yes, block(cell.weight_ih.value), block(dx, 0, time));
  return {std::move(dx), std::move(dstate)};
}

LSTMState final_state(const LSTM::Cache& cache) {
  LSTMState state{Matrix(cache.c.shape()), cache.c};
  std::ranges::copy(time_step(cache.h, cache.steps.size()), state.h.begin());
  return state;
}

}  // namespace nn
