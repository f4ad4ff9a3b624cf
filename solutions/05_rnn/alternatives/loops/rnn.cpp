#include "05_rnn/rnn.hpp"

#include <cmath>
#include <stdexcept>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

// Plain loops over numbers: no products of matrices, no functions for rows.

namespace nn {

// 5.1 One step

RNNCell::RNNCell(std::size_t input_size, std::size_t hidden_size, Random& random)
    : weight_ih({input_size, hidden_size}), weight_hh({hidden_size, hidden_size}), bias({hidden_size}) {
  glorot_uniform(weight_ih.value, random);
  orthogonal(weight_hh.value, random);
}

Matrix RNNCell::forward(const Matrix& x, const Matrix& h, Cache& cache) const {
  const std::size_t n = bias.value.size();
  check_shape("RNNCell::forward", "x", x, {any, weight_ih.value.shape(0)});
  check_shape("RNNCell::forward", "h", h, {x.shape(0), n});
  cache = {x, h, zeros({x.shape(0), n})};
  for (std::size_t b = 0; b < x.shape(0); ++b) {
    for (std::size_t j = 0; j < n; ++j) {
      Real z = bias.value(j);
      for (std::size_t i = 0; i < n; ++i) {
        z += h(b, i) * weight_hh.value(i, j);
      }
      for (std::size_t i = 0; i < x.shape(1); ++i) {
        z += x(b, i) * weight_ih.value(i, j);
      }
      cache.h_next(b, j) = std::tanh(z);
    }
  }
  return cache.h_next;
}

RNNCell::Gradients RNNCell::backward(const Matrix& dh_next, const Cache& cache) {
  const auto [batch, n] = cache.h_next.shape();
  check_shape("RNNCell::backward", "dh_next", dh_next, {batch, n});
  Gradients result{zeros({batch, cache.x.shape(1)}), zeros({batch, n})};
  for (std::size_t b = 0; b < batch; ++b) {
    for (std::size_t j = 0; j < n; ++j) {
      const Real h = cache.h_next(b, j);
      const Real dz = dh_next(b, j) * (1 - h) * (1 + h);
      bias.grad(j) += dz;
      for (std::size_t i = 0; i < cache.x.shape(1); ++i) {
        weight_ih.grad(i, j) += cache.x(b, i) * dz;
        result.dx(b, i) += weight_ih.value(i, j) * dz;
      }
      for (std::size_t i = 0; i < n; ++i) {
        weight_hh.grad(i, j) += cache.h(b, i) * dz;
        result.dh(b, i) += weight_hh.value(i, j) * dz;
      }
    }
  }
  return result;
}

namespace {

/// Matrix t of x.
Matrix step_of(const Tensor3& x, std::size_t t) {
  Matrix matrix = zeros({x.shape(1), x.shape(2)});
  for (std::size_t b = 0; b < x.shape(1); ++b) {
    for (std::size_t j = 0; j < x.shape(2); ++j) {
      matrix(b, j) = x(t, b, j);
    }
  }
  return matrix;
}

void set_step(Tensor3& x, std::size_t t, const Matrix& matrix) {
  for (std::size_t b = 0; b < x.shape(1); ++b) {
    for (std::size_t j = 0; j < x.shape(2); ++j) {
      x(t, b, j) = matrix(b, j);
    }
  }
}

}  // namespace

// 5.2 A sequence: backpropagation through time

Tensor3 RNN::forward(const Tensor3& x, const Matrix& h0, Cache& cache) const {
  const std::size_t time = x.shape(0);
  check_shape("RNN::forward", "x", x, {any, any, cell.weight_ih.value.shape(0)});
  check_shape("RNN::forward", "h0", h0, {x.shape(1), cell.bias.value.size()});
  if (time == 0) {
    throw ShapeError("RNN::forward: no steps");
  }
  cache.x = x;
  cache.states = zeros({time + 1, h0.shape(0), h0.shape(1)});
  Tensor3 y = zeros({time, h0.shape(0), h0.shape(1)});
  set_step(cache.states, 0, h0);
  RNNCell::Cache step;
  for (std::size_t t = 0; t < time; ++t) {
    set_step(cache.states, t + 1, cell.forward(step_of(x, t), step_of(cache.states, t), step));
    set_step(y, t, step.h_next);
  }
  return y;
}

RNN::Gradients RNN::backward(const Tensor3& dy, const Cache& cache) {
  const auto [time, batch, input_size] = cache.x.shape();
  const std::size_t n = cell.bias.value.size();
  check_shape("RNN::backward", "dy", dy, {time, batch, n});
  Gradients result{zeros({time, batch, input_size}), zeros({batch, n})};
  for (std::size_t t = time; t-- > 0;) {
    Matrix dh = step_of(dy, t);
    for (std::size_t i = 0; i < dh.size(); ++i) {
      dh.data()[i] += result.dh0.data()[i];
    }
    const auto [dx, dh_before] =
        cell.backward(dh, {step_of(cache.x, t), step_of(cache.states, t), step_of(cache.states, t + 1)});
    set_step(result.dx, t, dx);
    result.dh0 = dh_before;
  }
  return result;
}

// 5.3 Truncated backpropagation: a long sequence in windows

Matrix final_state(const RNN::Cache& cache) { return step_of(cache.states, cache.states.shape(0) - 1); }

Tensor3 forward_windows(const RNN& rnn, const Tensor3& x, const Matrix& h0, std::size_t window,
                        std::vector<RNN::Cache>& caches) {
  if (window == 0) {
    throw std::invalid_argument("forward_windows: no steps in a window");
  }
  const std::size_t time = x.shape(0);
  if (time == 0) {
    throw ShapeError("forward_windows: no steps");
  }
  caches.clear();
  Tensor3 y = zeros({time, x.shape(1), h0.shape(1)});
  Matrix h = h0;
  std::size_t t = 0;
  while (t < time) {
    Tensor3 part = zeros({window < time - t ? window : time - t, x.shape(1), x.shape(2)});
    for (std::size_t i = 0; i < part.shape(0); ++i) {
      set_step(part, i, step_of(x, t + i));
    }
    RNN::Cache cache;
    const Tensor3 states = rnn.forward(part, h, cache);
    for (std::size_t i = 0; i < part.shape(0); ++i) {
      set_step(y, t++, step_of(states, i));
    }
    h = final_state(cache);
    caches.push_back(cache);
  }
  return y;
}

Tensor3 backward_windows(RNN& rnn, const Tensor3& dy, const std::vector<RNN::Cache>& caches) {
  std::size_t time = 0;
  for (const RNN::Cache& cache : caches) {
    time += cache.x.shape(0);
  }
  check_shape("backward_windows", "dy", dy, {time, any, any});
  Tensor3 dx = zeros({time, dy.shape(1), rnn.cell.weight_ih.value.shape(0)});
  std::size_t first = 0;
  for (const RNN::Cache& cache : caches) {
    Tensor3 part = zeros({cache.x.shape(0), dy.shape(1), dy.shape(2)});
    for (std::size_t i = 0; i < part.shape(0); ++i) {
      set_step(part, i, step_of(dy, first + i));
    }
    const Tensor3 dx_part = rnn.backward(part, cache).dx;
    for (std::size_t i = 0; i < part.shape(0); ++i) {
      set_step(dx, first++, step_of(dx_part, i));
    }
  }
  return dx;
}

// 5.4 Both directions, and sequences of different lengths

Tensor3 reverse_sequences(const Tensor3& x, const IdVector& lengths) {
  check_lengths("reverse_sequences", lengths, x.shape(0), x.shape(1));
  Tensor3 y = zeros({x.shape(0), x.shape(1), x.shape(2)});
  for (std::size_t b = 0; b < x.shape(1); ++b) {
    for (std::size_t t = 0; t < lengths(b); ++t) {
      for (std::size_t j = 0; j < x.shape(2); ++j) {
        y(t, b, j) = x(lengths(b) - t - 1, b, j);
      }
    }
  }
  return y;
}

Tensor3 BidirectionalRNN::forward(const Tensor3& x, const IdVector& lengths, Cache& cache) const {
  check_lengths("BidirectionalRNN::forward", lengths, x.shape(0), x.shape(1));
  const std::size_t n = forward_rnn.cell.bias.value.size();
  cache.lengths = lengths;
  Tensor3 clean = x;
  clear_padding(clean, lengths);
  const Tensor3 first = forward_rnn.forward(clean, zeros({x.shape(1), n}), cache.forward);
  const Tensor3 second = backward_rnn.forward(reverse_sequences(x, lengths), zeros({x.shape(1), n}), cache.backward);
  Tensor3 y = zeros({x.shape(0), x.shape(1), 2 * n});
  for (std::size_t b = 0; b < x.shape(1); ++b) {
    for (std::size_t t = 0; t < lengths(b); ++t) {
      for (std::size_t j = 0; j < n; ++j) {
        y(t, b, j) = first(t, b, j);
        y(t, b, n + j) = second(lengths(b) - 1 - t, b, j);
      }
    }
  }
  return y;
}

Tensor3 BidirectionalRNN::backward(const Tensor3& dy, const Cache& cache) {
  const auto [time, batch, input_size] = cache.forward.x.shape();
  const std::size_t n = forward_rnn.cell.bias.value.size();
  check_shape("BidirectionalRNN::backward", "dy", dy, {time, batch, 2 * n});
  Tensor3 first = zeros({time, batch, n}), second = first;
  for (std::size_t b = 0; b < batch; ++b) {
    for (std::size_t t = 0; t < cache.lengths(b); ++t) {
      for (std::size_t j = 0; j < n; ++j) {
        first(t, b, j) = dy(t, b, j);
        second(cache.lengths(b) - 1 - t, b, j) = dy(t, b, n + j);
      }
    }
  }
  Tensor3 dx = forward_rnn.backward(first, cache.forward).dx;
  const Tensor3 dx_second = backward_rnn.backward(second, cache.backward).dx;
  for (std::size_t b = 0; b < batch; ++b) {
    for (std::size_t t = 0; t < cache.lengths(b); ++t) {
      for (std::size_t i = 0; i < input_size; ++i) {
        dx(t, b, i) += dx_second(cache.lengths(b) - 1 - t, b, i);
      }
    }
  }
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
  Matrix summary = zeros({y.shape(1), y.shape(2)});
  for (std::size_t b = 0; b < y.shape(1); ++b) {
    for (std::size_t j = 0; j < y.shape(2); ++j) {
      summary(b, j) = y(j < y.shape(2) / 2 ? lengths(b) - 1 : 0, b, j);
    }
  }
  return summary;
}

Tensor3 summarize_backward(const Matrix& dsummary, const IdVector& lengths, std::size_t time) {
  const auto [batch, width] = dsummary.shape();
  check_lengths("summarize_backward", lengths, time, batch);
  Tensor3 dy = zeros({time, batch, width});
  for (std::size_t b = 0; b < batch; ++b) {
    for (std::size_t j = 0; j < width; ++j) {
      dy(j < width / 2 ? lengths(b) - 1 : 0, b, j) = dsummary(b, j);
    }
  }
  return dy;
}

}  // namespace nn
