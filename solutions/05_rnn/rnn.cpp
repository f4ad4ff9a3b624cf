#include "05_rnn/rnn.hpp"

#include <algorithm>
#include <stdexcept>
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

/// Through h = tanh(z): turns dh into dz = dh (1 - h^2), in place.
void through_tanh(std::span<Real> dh, std::span<const Real> h) {
  for (std::size_t i = 0; i < h.size(); ++i) {
    dh[i] *= 1 - h[i] * h[i];
  }
}

}  // namespace

// 5.1 One step

RNNCell::RNNCell(std::size_t input_size, std::size_t hidden_size, Random& random)
    : weight_ih({input_size, hidden_size}), weight_hh({hidden_size, hidden_size}), bias({hidden_size}) {
  glorot_uniform(weight_ih.value, random);
  orthogonal(weight_hh.value, random);
}

Matrix RNNCell::forward(const Matrix& x, const Matrix& h, Cache& cache) const {
  check_shape("RNNCell::forward", "x", x, {any, weight_ih.value.shape(0)});
  check_shape("RNNCell::forward", "h", h, {x.shape(0), bias.value.size()});

  // z = x W + h U + b, and its tanh
  Matrix z({x.shape(0), bias.value.size()});
  fill_rows(block(z), bias.value);
  add_matmul(x, weight_ih.value, z);
  add_matmul(h, weight_hh.value, z);
  apply_tanh(values(z));
  cache = {x, h, z};
  return z;
}

RNNCell::Gradients RNNCell::backward(const Matrix& dh_next, const Cache& cache) {
  check_shape("RNNCell::backward", "dh_next", dh_next, {cache.h_next.shape(0), cache.h_next.shape(1)});
  Matrix dz = dh_next;
  through_tanh(values(dz), values(cache.h_next));
  add_matmul_tn(cache.x, dz, weight_ih.grad);
  add_matmul_tn(cache.h, dz, weight_hh.grad);
  add_column_sums(block(std::as_const(dz)), bias.grad);
  return {matmul_nt(dz, weight_ih.value), matmul_nt(dz, weight_hh.value)};
}

// 5.2 A sequence: backpropagation through time

Tensor3 RNN::forward(const Tensor3& x, const Matrix& h0, Cache& cache) const {
  check_shape("RNN::forward", "x", x, {any, any, cell.weight_ih.value.shape(0)});
  check_shape("RNN::forward", "h0", h0, {x.shape(1), cell.bias.value.size()});
  const std::size_t time = x.shape(0);
  if (time == 0) {
    throw ShapeError("RNN::forward: x has no steps");
  }
  cache.x = x;
  cache.states = Tensor3({time + 1, x.shape(1), h0.shape(1)});
  std::ranges::copy(h0, time_step(cache.states, 0).begin());

  // z = x W + b for all steps at once, where the states will be
  const Block<Real> z = block(cache.states, 1, time);
  fill_rows(z, cell.bias.value);
  gemm(no, block(x, 0, time), no, block(cell.weight_ih.value), z, 1, 1);

  // Step by step, add what the state before it contributes
  for (std::size_t t = 0; t < time; ++t) {
    gemm(no, block(cache.states, t), no, block(cell.weight_hh.value), block(cache.states, t + 1), 1, 1);
    apply_tanh(time_step(cache.states, t + 1));
  }
  return time_steps(cache.states, 1, time);
}

RNN::Gradients RNN::backward(const Tensor3& dy, const Cache& cache) {
  const auto [time, batch, input_size] = cache.x.shape();
  const std::size_t hidden_size = cell.bias.value.size();
  check_shape("RNN::backward", "dy", dy, {time, batch, hidden_size});

  // From the last step to the first: a state gets dy from outside, and dz U^T through the step after it
  Tensor3 dz = dy;
  for (std::size_t t = time; t-- > 0;) {
    if (t + 1 < time) {
      gemm(no, block(dz, t + 1), yes, block(cell.weight_hh.value), block(dz, t), 1, 1);
    }
    through_tanh(time_step(dz, t), time_step(cache.states, t + 1));
  }
  Gradients result{Tensor3({time, batch, input_size}), Matrix({batch, hidden_size})};
  gemm(no, block(dz, 0), yes, block(cell.weight_hh.value), block(result.dh0));

  // What all steps share is one product, or one sum, over the rows of all steps
  const Block<const Real> all = block(std::as_const(dz), 0, time);
  gemm(yes, block(cache.x, 0, time), no, all, block(cell.weight_ih.grad), 1, 1);
  gemm(yes, block(cache.states, 0, time), no, all, block(cell.weight_hh.grad), 1, 1);
  add_column_sums(all, cell.bias.grad);
  gemm(no, all, yes, block(cell.weight_ih.value), block(result.dx, 0, time));
  return result;
}

// 5.3 Truncated backpropagation: a long sequence in windows

Matrix final_state(const RNN::Cache& cache) {
  const auto [states, batch, hidden_size] = cache.states.shape();
  Matrix h({batch, hidden_size});
  std::ranges::copy(time_step(cache.states, states - 1), h.begin());
  return h;
}

Tensor3 forward_windows(const RNN& rnn, const Tensor3& x, const Matrix& h0, std::size_t window,
                        std::vector<RNN::Cache>& caches) {
  if (window == 0) {
    throw std::invalid_argument("forward_windows: a window has at least one step");
  }
  const std::size_t time = x.shape(0);
  if (time == 0) {
    throw ShapeError("forward_windows: x has no steps");
  }
  caches.assign((time + window - 1) / window, {});
  Tensor3 y({time, x.shape(1), rnn.cell.bias.value.size()});
  auto end = y.begin();
  Matrix h = h0;
  for (std::size_t i = 0; i < caches.size(); ++i) {
    const std::size_t first = i * window;
    const Tensor3 part = time_steps(x, first, std::min(window, time - first));
    end = std::ranges::copy(rnn.forward(part, h, caches[i]), end).out;
    h = final_state(caches[i]);
  }
  return y;
}

Tensor3 backward_windows(RNN& rnn, const Tensor3& dy, const std::vector<RNN::Cache>& caches) {
  std::size_t time = 0;
  for (const RNN::Cache& cache : caches) {
    time += cache.x.shape(0);
  }
  check_shape("backward_windows", "dy", dy, {time, any, any});
  Tensor3 dx({time, dy.shape(1), rnn.cell.weight_ih.value.shape(0)});
  auto end = dx.begin();
  std::size_t first = 0;
  for (const RNN::Cache& cache : caches) {
    // dh0 is dropped: here the gradient ends
    const Tensor3 part = time_steps(dy, first, cache.x.shape(0));
    end = std::ranges::copy(rnn.backward(part, cache).dx, end).out;
    first += cache.x.shape(0);
  }
  return dx;
}

// 5.4 Both directions, and sequences of different lengths

Tensor3 reverse_sequences(const Tensor3& x, const IdVector& lengths) {
  const auto [time, batch, features] = x.shape();
  check_lengths("reverse_sequences", lengths, time, batch);
  Tensor3 y = zeros({time, batch, features});
  for (std::size_t b = 0; b < batch; ++b) {
    for (std::size_t t = 0; t < lengths(b); ++t) {
      std::ranges::copy(row(x, t, b), row(y, lengths(b) - 1 - t, b).begin());
    }
  }
  return y;
}

Tensor3 BidirectionalRNN::forward(const Tensor3& x, const IdVector& lengths, Cache& cache) const {
  check_lengths("BidirectionalRNN::forward", lengths, x.shape(0), x.shape(1));
  cache.lengths = lengths;
  const std::size_t hidden_size = forward_rnn.cell.bias.value.size();
  const Matrix h0 = zeros({x.shape(1), hidden_size});

  // Padding becomes 0 before a network reads it: what is not a number would stay in the sums of all gradients
  Tensor3 clean = x;
  clear_padding(clean, lengths);
  Tensor3 first = forward_rnn.forward(clean, h0, cache.forward);
  clear_padding(first, lengths);
  const Tensor3 reversed = backward_rnn.forward(reverse_sequences(clean, lengths), h0, cache.backward);
  const Tensor3 second = reverse_sequences(reversed, lengths);
  return join_features(first, second);
}

Tensor3 BidirectionalRNN::backward(const Tensor3& dy, const Cache& cache) {
  const auto [time, batch, input_size] = cache.forward.x.shape();
  const std::size_t hidden_size = forward_rnn.cell.bias.value.size();
  check_shape("BidirectionalRNN::backward", "dy", dy, {time, batch, 2 * hidden_size});

  // Undo what forward did with each half; behind the end, y is a constant
  Tensor3 first = features(dy, 0, hidden_size);
  const Tensor3 second = features(dy, hidden_size, hidden_size);
  clear_padding(first, cache.lengths);
  Tensor3 dx = forward_rnn.backward(first, cache.forward).dx;
  const Tensor3 reversed = backward_rnn.backward(reverse_sequences(second, cache.lengths), cache.backward).dx;
  xt::noalias(dx) += reverse_sequences(reversed, cache.lengths);
  return dx;
}

ParameterList BidirectionalRNN::parameters() {
  ParameterList list;
  append(list, "forward", forward_rnn.parameters());
  append(list, "backward", backward_rnn.parameters());
  return list;
}

Matrix summarize(const Tensor3& y, const IdVector& lengths) {
  check_lengths("summarize", lengths, y.shape(0), y.shape(1));
  const std::size_t hidden_size = y.shape(2) / 2;
  Matrix summary({y.shape(1), y.shape(2)});
  for (std::size_t b = 0; b < y.shape(1); ++b) {
    std::ranges::copy(row(y, lengths(b) - 1, b).first(hidden_size), row(summary, b).begin());
    std::ranges::copy(row(y, 0, b).last(hidden_size), row(summary, b).subspan(hidden_size).begin());
  }
  return summary;
}

Tensor3 summarize_backward(const Matrix& dsummary, const IdVector& lengths, std::size_t time) {
  const auto [batch, width] = dsummary.shape();
  check_lengths("summarize_backward", lengths, time, batch);
  const std::size_t hidden_size = width / 2;
  Tensor3 dy = zeros({time, batch, width});
  for (std::size_t b = 0; b < batch; ++b) {
    std::ranges::copy(row(dsummary, b).first(hidden_size), row(dy, lengths(b) - 1, b).begin());
    std::ranges::copy(row(dsummary, b).last(hidden_size), row(dy, 0, b).last(hidden_size).begin());
  }
  return dy;
}

}  // namespace nn
