// Expressions over whole matrices; a sequence has the inputs beside the hidden states, and one weight for both.
#include "06_lstm/lstm.hpp"

#include <algorithm>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "blas/matmul.hpp"
#include "blas/rows.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

namespace nn {

namespace {

/// Quarter q of the columns of x.
Matrix quarter(const Matrix& x, std::size_t q) {
  const std::size_t n = x.shape(1) / 4;
  return xt::view(x, xt::all(), xt::range(q * n, (q + 1) * n));
}

void set_quarter(Matrix& x, std::size_t q, const Matrix& numbers) {
  const std::size_t n = x.shape(1) / 4;
  xt::view(x, xt::all(), xt::range(q * n, (q + 1) * n)) = numbers;
}

/// (1 + tanh(x / 2)) / 2, which is the sigmoid.
Matrix sigmoid_of(const Matrix& x) { return Real(0.5) + Real(0.5) * xt::tanh(Real(0.5) * x); }

/// The two weights one above the other.
Matrix joined(const Matrix& above, const Matrix& below) {
  Matrix both({above.shape(0) + below.shape(0), above.shape(1)});
  std::ranges::copy(above, both.begin());
  std::ranges::copy(below, both.begin() + static_cast<std::ptrdiff_t>(above.size()));
  return both;
}

}  // namespace

LSTMState LSTMGates::forward(Matrix a, const Matrix& c, Cache& cache) const {
  check_shape("LSTMGates::forward", "a", a, {c.shape(0), 4 * c.shape(1)});
  const Matrix i = sigmoid_of(quarter(a, 0)), f = sigmoid_of(quarter(a, 1));
  const Matrix g = xt::tanh(quarter(a, 2)), o = sigmoid_of(quarter(a, 3));
  cache.gates = zeros({a.shape(0), a.shape(1)});
  set_quarter(cache.gates, 0, i);
  set_quarter(cache.gates, 1, f);
  set_quarter(cache.gates, 2, g);
  set_quarter(cache.gates, 3, o);
  cache.c = c;
  const Matrix c_next = f * c + i * g;
  cache.tanh_c = xt::tanh(c_next);
  return {o * cache.tanh_c, c_next};
}

LSTMGates::Gradients LSTMGates::backward(const LSTMState& dnext, const Cache& cache) const {
  check_shape("LSTMGates::backward", "dnext.h", dnext.h, {cache.c.shape(0), cache.c.shape(1)});
  check_shape("LSTMGates::backward", "dnext.c", dnext.c, {cache.c.shape(0), cache.c.shape(1)});
  const Matrix i = quarter(cache.gates, 0), f = quarter(cache.gates, 1);
  const Matrix g = quarter(cache.gates, 2), o = quarter(cache.gates, 3);
  const Matrix dc_next = dnext.c + dnext.h * o * (1 - cache.tanh_c * cache.tanh_c);
  Gradients result{zeros({i.shape(0), 4 * i.shape(1)}), dc_next * f};
  set_quarter(result.da, 0, dc_next * g * i * (1 - i));
  set_quarter(result.da, 1, dc_next * cache.c * f * (1 - f));
  set_quarter(result.da, 2, dc_next * i * (1 - g * g));
  set_quarter(result.da, 3, dnext.h * cache.tanh_c * o * (1 - o));
  return result;
}

LSTMCell::LSTMCell(std::size_t input_size, std::size_t hidden_size, Random& random, Real forget_bias)
    : weight_ih({input_size, 4 * hidden_size}), weight_hh({hidden_size, 4 * hidden_size}), bias({4 * hidden_size}) {
  glorot_uniform(weight_ih.value, random);
  orthogonal(weight_hh.value, random);
  xt::view(bias.value, xt::range(hidden_size, 2 * hidden_size)) = forget_bias;
}

LSTMState LSTMCell::forward(const Matrix& x, const LSTMState& state, Cache& cache) const {
  const std::size_t n = weight_hh.value.shape(0);
  check_shape("LSTMCell::forward", "x", x, {any, weight_ih.value.shape(0)});
  check_shape("LSTMCell::forward", "h", state.h, {x.shape(0), n});
  check_shape("LSTMCell::forward", "c", state.c, {x.shape(0), n});
  cache.x = x;
  cache.h = state.h;
  return LSTMGates().forward(matmul(x, weight_ih.value) + matmul(state.h, weight_hh.value) + bias.value, state.c,
                             cache.gates);
}

LSTMCell::Gradients LSTMCell::backward(const LSTMState& dnext, const Cache& cache) {
  const auto [da, dc] = LSTMGates().backward(dnext, cache.gates);
  weight_ih.grad += matmul_tn(cache.x, da);
  weight_hh.grad += matmul_tn(cache.h, da);
  bias.grad += xt::sum(da, {0});
  return {matmul_nt(da, weight_ih.value), {matmul_nt(da, weight_hh.value), dc}};
}

Tensor3 LSTM::forward(const Tensor3& x, const LSTMState& start, Cache& cache) const {
  const auto [time, batch, input_size] = x.shape();
  check_shape("LSTM::forward", "x", x, {any, any, cell.weight_ih.value.shape(0)});
  check_shape("LSTM::forward", "start.h", start.h, {batch, hidden_size()});
  check_shape("LSTM::forward", "start.c", start.c, {batch, hidden_size()});
  if (time == 0) {
    throw ShapeError("LSTM::forward: x has no steps");
  }
  cache.x = x;
  cache.h = zeros({time + 1, batch, hidden_size()});
  cache.steps = std::vector<LSTMGates::Cache>(time);
  cache.c = start.c;
  xt::view(cache.h, 0) = start.h;
  const Matrix weight = joined(cell.weight_ih.value, cell.weight_hh.value);
  for (std::size_t t = 0; t < time; ++t) {
    const Matrix both = merge_leading(join_features(time_steps(x, t, 1), time_steps(cache.h, t, 1)));
    const LSTMState next = LSTMGates().forward(matmul(both, weight) + cell.bias.value, cache.c, cache.steps[t]);
    xt::view(cache.h, t + 1) = next.h;
    cache.c = next.c;
  }
  return xt::view(cache.h, xt::range(1, time + 1));
}

LSTM::Gradients LSTM::backward(const Tensor3& dy, const Cache& cache) {
  const auto [time, batch, input_size] = cache.x.shape();
  check_shape("LSTM::backward", "dy", dy, {time, batch, hidden_size()});
  const Matrix weight = joined(cell.weight_ih.value, cell.weight_hh.value);
  Matrix dweight = zeros({weight.shape(0), weight.shape(1)});
  Gradients result{Tensor3(cache.x.shape()), zero_state(batch, hidden_size())};
  for (std::size_t t = time; t-- > 0;) {
    const auto [da, dc] = LSTMGates().backward({result.dstart.h + xt::view(dy, t), result.dstart.c}, cache.steps[t]);
    const Matrix both = merge_leading(join_features(time_steps(cache.x, t, 1), time_steps(cache.h, t, 1)));
    add_matmul_tn(both, da, dweight);
    cell.bias.grad += xt::sum(da, {0});
    const Matrix dboth = matmul_nt(da, weight);
    xt::view(result.dx, t) = xt::view(dboth, xt::all(), xt::range(0, input_size));
    result.dstart = {xt::view(dboth, xt::all(), xt::range(input_size, dboth.shape(1))), dc};
  }
  cell.weight_ih.grad += xt::view(dweight, xt::range(0, input_size));
  cell.weight_hh.grad += xt::view(dweight, xt::range(input_size, dweight.shape(0)));
  return result;
}

LSTMState final_state(const LSTM::Cache& cache) { return {xt::view(cache.h, cache.steps.size()), cache.c}; }

}  // namespace nn
