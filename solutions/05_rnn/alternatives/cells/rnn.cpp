#include "05_rnn/rnn.hpp"

#include <algorithm>
#include <stdexcept>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "blas/matmul.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

// Whole-tensor expressions; a sequence is a cell called step by step, with the gradients of every step added at once.

namespace nn {

// 5.1 One step

RNNCell::RNNCell(std::size_t input_size, std::size_t hidden_size, Random& random)
    : weight_ih({input_size, hidden_size}), weight_hh({hidden_size, hidden_size}), bias({hidden_size}) {
  glorot_uniform(weight_ih.value, random);
  orthogonal(weight_hh.value, random);
}

Matrix RNNCell::forward(const Matrix& x, const Matrix& h, Cache& cache) const {
  check_shape("RNNCell::forward", "x", x, {any, weight_ih.value.shape(0)});
  check_shape("RNNCell::forward", "h", h, {x.shape(0), weight_hh.value.shape(0)});
  const Matrix h_next = xt::tanh(matmul(x, weight_ih.value) + matmul(h, weight_hh.value) + bias.value);
  cache.x = x;
  cache.h = h;
  cache.h_next = h_next;
  return h_next;
}

RNNCell::Gradients RNNCell::backward(const Matrix& dh_next, const Cache& cache) {
  check_shape("RNNCell::backward", "dh_next", dh_next, {cache.h_next.shape(0), cache.h_next.shape(1)});
  const Matrix dz = dh_next - dh_next * cache.h_next * cache.h_next;
  weight_ih.grad += matmul_tn(cache.x, dz);
  weight_hh.grad += matmul_tn(cache.h, dz);
  bias.grad += xt::sum(dz, {0});
  return {.dx = matmul_nt(dz, weight_ih.value), .dh = matmul_nt(dz, weight_hh.value)};
}

// 5.2 A sequence: backpropagation through time

Tensor3 RNN::forward(const Tensor3& x, const Matrix& h0, Cache& cache) const {
  check_shape("RNN::forward", "x", x, {any, any, cell.weight_ih.value.shape(0)});
  check_shape("RNN::forward", "h0", h0, {x.shape(1), cell.weight_hh.value.shape(0)});
  if (x.shape(0) == 0) {
    throw ShapeError("RNN::forward: x has no steps");
  }
  cache.x = x;
  cache.states = zeros({x.shape(0) + 1, h0.shape(0), h0.shape(1)});
  xt::view(cache.states, 0) = h0;
  Matrix h = h0;
  RNNCell::Cache step;
  for (std::size_t t = 0; t < x.shape(0); ++t) {
    h = cell.forward(xt::view(x, t), h, step);
    xt::view(cache.states, t + 1) = h;
  }
  return xt::view(cache.states, xt::range(std::size_t{1}, x.shape(0) + 1));
}

RNN::Gradients RNN::backward(const Tensor3& dy, const Cache& cache) {
  const auto [time, batch, input_size] = cache.x.shape();
  check_shape("RNN::backward", "dy", dy, {time, batch, cell.bias.value.size()});
  Gradients result{zeros({time, batch, input_size}), zeros({batch, cell.bias.value.size()})};
  for (std::size_t t = time; t-- > 0;) {
    const RNNCell::Cache step{xt::view(cache.x, t), xt::view(cache.states, t), xt::view(cache.states, t + 1)};
    const RNNCell::Gradients gradients = cell.backward(result.dh0 + xt::view(dy, t), step);
    xt::view(result.dx, t) = gradients.dx;
    result.dh0 = gradients.dh;
  }
  return result;
}

// 5.3 Truncated backpropagation: a long sequence in windows

Matrix final_state(const RNN::Cache& cache) { return xt::view(cache.states, cache.states.shape(0) - 1); }

Tensor3 forward_windows(const RNN& rnn, const Tensor3& x, const Matrix& h0, std::size_t window,
                        std::vector<RNN::Cache>& caches) {
  if (window == 0) {
    throw std::invalid_argument("forward_windows: window is 0");
  }
  if (x.shape(0) == 0) {
    throw ShapeError("forward_windows: x has no steps");
  }
  caches.clear();
  Tensor3 y = zeros({x.shape(0), x.shape(1), h0.shape(1)});
  for (std::size_t first = 0; first < x.shape(0); first += window) {
    const std::size_t end = std::min(first + window, x.shape(0));
    const Matrix h = caches.empty() ? h0 : final_state(caches.back());
    caches.emplace_back();
    xt::view(y, xt::range(first, end)) = rnn.forward(xt::view(x, xt::range(first, end)), h, caches.back());
  }
  return y;
}

Tensor3 backward_windows(RNN& rnn, const Tensor3& dy, const std::vector<RNN::Cache>& caches) {
  std::size_t end = 0;
  for (const RNN::Cache& cache : caches) {
    end += cache.x.shape(0);
  }
  check_shape("backward_windows", "dy", dy, {end, any, any});
  Tensor3 dx = zeros({end, dy.shape(1), rnn.cell.weight_ih.value.shape(0)});
  for (auto cache = caches.rbegin(); cache != caches.rend(); ++cache) {
    const std::size_t first = end - cache->x.shape(0);
    xt::view(dx, xt::range(first, end)) = rnn.backward(xt::view(dy, xt::range(first, end)), *cache).dx;
    end = first;
  }
  return dx;
}

// 5.4 Both directions, and sequences of different lengths

Tensor3 reverse_sequences(const Tensor3& x, const IdVector& lengths) {
  check_lengths("reverse_sequences", lengths, x.shape(0), x.shape(1));
  Tensor3 y = zeros({x.shape(0), x.shape(1), x.shape(2)});
  for (std::size_t t = 0; t < x.shape(0); ++t) {
    for (std::size_t b = 0; b < x.shape(1); ++b) {
      if (t < lengths(b)) {
        xt::view(y, t, b) = xt::view(x, lengths(b) - 1 - t, b);
      }
    }
  }
  return y;
}

Tensor3 BidirectionalRNN::forward(const Tensor3& x, const IdVector& lengths, Cache& cache) const {
  // Twice reversed is x without its padding
  const Tensor3 reversed = reverse_sequences(x, lengths);
  const Tensor3 clean = reverse_sequences(reversed, lengths);
  cache.lengths = lengths;
  const std::size_t n = forward_rnn.cell.bias.value.size();
  const Matrix h0 = zeros({x.shape(1), n});
  Tensor3 y = zeros({x.shape(0), x.shape(1), 2 * n});
  xt::view(y, xt::all(), xt::all(), xt::range(0, n)) = forward_rnn.forward(clean, h0, cache.forward);
  xt::view(y, xt::all(), xt::all(), xt::range(n, 2 * n)) =
      reverse_sequences(backward_rnn.forward(reversed, h0, cache.backward), lengths);
  clear_padding(y, lengths);
  return y;
}

Tensor3 BidirectionalRNN::backward(const Tensor3& dy, const Cache& cache) {
  const std::size_t n = forward_rnn.cell.bias.value.size();
  check_shape("BidirectionalRNN::backward", "dy", dy, {cache.forward.x.shape(0), cache.lengths.size(), 2 * n});
  Tensor3 clean = dy;
  clear_padding(clean, cache.lengths);
  const Tensor3 second = reverse_sequences(xt::view(clean, xt::all(), xt::all(), xt::range(n, 2 * n)), cache.lengths);
  const Tensor3 dx_second = reverse_sequences(backward_rnn.backward(second, cache.backward).dx, cache.lengths);
  return forward_rnn.backward(xt::view(clean, xt::all(), xt::all(), xt::range(0, n)), cache.forward).dx + dx_second;
}

ParameterList BidirectionalRNN::parameters() {
  ParameterList list;
  append(list, "forward", forward_rnn.parameters());
  append(list, "backward", backward_rnn.parameters());
  return list;
}

Matrix summarize(const Tensor3& y, const IdVector& lengths) {
  check_lengths("summarize", lengths, y.shape(0), y.shape(1));
  // The first step of the reversed sequence is the last one
  Matrix summary = xt::view(y, 0);
  const std::size_t n = y.shape(2) / 2;
  const Matrix last = xt::view(reverse_sequences(y, lengths), 0);
  xt::view(summary, xt::all(), xt::range(0, n)) = xt::view(last, xt::all(), xt::range(0, n));
  return summary;
}

Tensor3 summarize_backward(const Matrix& dsummary, const IdVector& lengths, std::size_t time) {
  check_lengths("summarize_backward", lengths, time, dsummary.shape(0));
  Tensor3 dy = zeros({time, dsummary.shape(0), dsummary.shape(1)});
  const std::size_t n = dsummary.shape(1) / 2;
  xt::view(dy, 0, xt::all(), xt::range(0, n)) = xt::view(dsummary, xt::all(), xt::range(0, n));
  dy = reverse_sequences(dy, lengths);
  xt::view(dy, 0, xt::all(), xt::range(n, 2 * n)) = xt::view(dsummary, xt::all(), xt::range(n, 2 * n));
  return dy;
}

}  // namespace nn
