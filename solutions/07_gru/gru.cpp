#include "07_gru/gru.hpp"

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

/// Columns first, ..., first + count - 1 of a block.
template <class T>
Block<T> columns(Block<T> x, std::size_t first, std::size_t count) {
  return part(x, 0, first, x.rows, count);
}

template <class T>
std::span<T> row(Block<T> x, std::size_t r) {
  return {x.data + r * x.stride, x.columns};
}

/// One step. gates is x W + b and becomes r, z, n.
void step_forward(Block<const Real> h, Block<const Real> weight_hh, Block<Real> gates, Block<Real> reset_h,
                  Block<Real> h_next) {
  // The two gates, and what the reset gate leaves of the state
  const std::size_t n = h.columns;
  gemm(no, h, no, columns(weight_hh, 0, 2 * n), columns(gates, 0, 2 * n), 1, 1);
  for (std::size_t b = 0; b < h.rows; ++b) {
    const std::span<Real> both = row(gates, b).first(2 * n);
    apply_sigmoid(both);
    for (std::size_t k = 0; k < n; ++k) {
      row(reset_h, b)[k] = both[k] * row(h, b)[k];
    }
  }

  // The candidate, and the new state between it and the old one
  gemm(no, reset_h, no, columns(weight_hh, 2 * n, n), columns(gates, 2 * n, n), 1, 1);
  for (std::size_t b = 0; b < h.rows; ++b) {
    const std::span<Real> z = row(gates, b).subspan(n, n), candidate = row(gates, b).subspan(2 * n, n);
    const std::span<const Real> old = row(h, b);
    const std::span<Real> next = row(h_next, b);
    apply_tanh(candidate);
    for (std::size_t k = 0; k < n; ++k) {
      next[k] = (1 - z[k]) * old[k] + z[k] * candidate[k];
    }
  }
}

/// The way back: dh is the gradient of the state after the step and becomes that of the state before it; dgates becomes
/// the gradient of the sums whose sigmoid or tanh are the gates.
void step_backward(Block<const Real> h, Block<const Real> weight_hh, Block<const Real> gates, Block<Real> dgates,
                   Block<Real> dh) {
  const std::size_t n = h.columns;

  // Through h_next = (1 - z) h + z n: to z, to n, and straight to h
  for (std::size_t b = 0; b < h.rows; ++b) {
    const std::span<const Real> z = row(gates, b).subspan(n, n), candidate = row(gates, b).subspan(2 * n, n);
    const std::span<const Real> old = row(h, b);
    const std::span<Real> da_z = row(dgates, b).subspan(n, n), da_n = row(dgates, b).subspan(2 * n, n);
    const std::span<Real> d = row(dh, b);
    for (std::size_t k = 0; k < n; ++k) {
      da_z[k] = d[k] * (candidate[k] - old[k]) * z[k] * (1 - z[k]);
      da_n[k] = d[k] * z[k] * (1 - candidate[k] * candidate[k]);
      d[k] *= 1 - z[k];
    }
  }

  // Through the candidate to r h, and from there to r and to h
  Matrix dreset_h({h.rows, n});
  gemm(no, columns(dgates, 2 * n, n), yes, columns(weight_hh, 2 * n, n), block(dreset_h));
  for (std::size_t b = 0; b < h.rows; ++b) {
    const std::span<const Real> r = row(gates, b).first(n), dreset = row(block(std::as_const(dreset_h)), b);
    const std::span<const Real> old = row(h, b);
    const std::span<Real> da_r = row(dgates, b).first(n), d = row(dh, b);
    for (std::size_t k = 0; k < n; ++k) {
      da_r[k] = dreset[k] * old[k] * r[k] * (1 - r[k]);
      d[k] += dreset[k] * r[k];
    }
  }

  // Through both gates to h
  gemm(no, columns(dgates, 0, 2 * n), yes, columns(weight_hh, 0, 2 * n), dh, 1, 1);
}

/// Adds to the gradients of the parameters, from the rows of one step or of many.
void add_parameter_gradients(GRUCell& cell, Block<const Real> x, Block<const Real> h, Block<const Real> reset_h,
                             Block<const Real> dgates) {
  const std::size_t n = h.columns;
  const Block<Real> dweight_hh = block(cell.weight_hh.grad);
  gemm(yes, x, no, dgates, block(cell.weight_ih.grad), 1, 1);
  gemm(yes, h, no, columns(dgates, 0, 2 * n), columns(dweight_hh, 0, 2 * n), 1, 1);
  gemm(yes, reset_h, no, columns(dgates, 2 * n, n), columns(dweight_hh, 2 * n, n), 1, 1);
  add_column_sums(dgates, cell.bias.grad);
}

/// The rows of x whose sequences have ended before step t; the others are 0. In x itself they become 0.
Matrix take_ended(Matrix& x, std::size_t t, const IdVector& lengths) {
  Matrix ended = zeros({x.shape(0), x.shape(1)});
  for (std::size_t b = 0; b < lengths.size(); ++b) {
    if (t >= lengths(b)) {
      std::ranges::swap_ranges(row(x, b), row(ended, b));
    }
  }
  return ended;
}

}  // namespace

// 7.1 and 7.2 One step

GRUCell::GRUCell(std::size_t input_size, std::size_t hidden_size, Random& random)
    : weight_ih({input_size, 3 * hidden_size}), weight_hh({hidden_size, 3 * hidden_size}), bias({3 * hidden_size}) {
  glorot_uniform(weight_ih.value, random);
  orthogonal(weight_hh.value, random);
}

Matrix GRUCell::forward(const Matrix& x, const Matrix& h, Cache& cache) const {
  check_shape("GRUCell::forward", "x", x, {any, weight_ih.value.shape(0)});
  check_shape("GRUCell::forward", "h", h, {x.shape(0), hidden_size()});
  cache.x = x;
  cache.h = h;
  cache.gates.resize({x.shape(0), 3 * hidden_size()});
  cache.reset_h.resize({x.shape(0), hidden_size()});
  fill_rows(block(cache.gates), bias.value);
  add_matmul(x, weight_ih.value, cache.gates);
  Matrix h_next({x.shape(0), hidden_size()});
  step_forward(block(h), block(weight_hh.value), block(cache.gates), block(cache.reset_h), block(h_next));
  return h_next;
}

GRUCell::Gradients GRUCell::backward(const Matrix& dh_next, const Cache& cache) {
  check_shape("GRUCell::backward", "dh_next", dh_next, {cache.h.shape(0), hidden_size()});
  Matrix dgates({cache.gates.shape(0), cache.gates.shape(1)});
  Matrix dh = dh_next;
  step_backward(block(cache.h), block(weight_hh.value), block(cache.gates), block(dgates), block(dh));
  add_parameter_gradients(*this, block(cache.x), block(cache.h), block(cache.reset_h), block(dgates));
  return {matmul_nt(dgates, weight_ih.value), std::move(dh)};
}

// 7.3 Sequences of different lengths

Tensor3 GRU::forward(const Tensor3& x, const IdVector& lengths, const Matrix& h0, Cache& cache) const {
  const auto [time, batch, input_size] = x.shape();
  const std::size_t n = cell.hidden_size();
  check_shape("GRU::forward", "x", x, {any, any, cell.weight_ih.value.shape(0)});
  check_shape("GRU::forward", "h0", h0, {batch, n});
  check_lengths("GRU::forward", lengths, time, batch);
  cache.x = x;
  clear_padding(cache.x, lengths);
  cache.lengths = lengths;
  cache.h.resize({time + 1, batch, n});
  cache.gates.resize({time, batch, 3 * n});
  cache.reset_h.resize({time, batch, n});
  std::ranges::copy(h0, time_step(cache.h, 0).begin());

  // x W + b for all steps at once
  const Block<Real> all = block(cache.gates, 0, time);
  fill_rows(all, cell.bias.value);
  gemm(no, block(std::as_const(cache.x), 0, time), no, block(cell.weight_ih.value), all, 1, 1);

  // Step by step; where a sequence has ended, its state stays
  for (std::size_t t = 0; t < time; ++t) {
    step_forward(block(cache.h, t), block(cell.weight_hh.value), block(cache.gates, t), block(cache.reset_h, t),
                 block(cache.h, t + 1));
    for (std::size_t b = 0; b < batch; ++b) {
      if (t >= lengths(b)) {
        std::ranges::copy(row(cache.h, t, b), row(cache.h, t + 1, b).begin());
      }
    }
  }
  return time_steps(cache.h, 1, time);
}

GRU::Gradients GRU::backward(const Tensor3& dy, const Cache& cache) {
  const auto [time, batch, input_size] = cache.x.shape();
  const std::size_t n = cell.hidden_size();
  check_shape("GRU::backward", "dy", dy, {time, batch, n});

  // From the last step to the first; a state that stays hands its gradient on unchanged
  Tensor3 dgates({time, batch, 3 * n});
  Matrix dh = zeros({batch, n});
  for (std::size_t t = time; t-- > 0;) {
    const std::span<const Real> outside = time_step(dy, t);
    std::ranges::transform(outside, dh, dh.begin(), std::plus{});
    const Matrix ended = take_ended(dh, t, cache.lengths);
    step_backward(block(cache.h, t), block(cell.weight_hh.value), block(cache.gates, t), block(dgates, t), block(dh));
    xt::noalias(dh) += ended;
  }

  // What all steps share is one product, or one sum, over the rows of all steps
  const Block<const Real> all = block(std::as_const(dgates), 0, time);
  add_parameter_gradients(cell, block(cache.x, 0, time), block(cache.h, 0, time), block(cache.reset_h, 0, time), all);
  Gradients result{Tensor3({time, batch, input_size}), std::move(dh)};
  gemm(no, all, yes, block(cell.weight_ih.value), block(result.dx, 0, time));
  return result;
}

Matrix final_state(const GRU::Cache& cache) {
  const auto [states, batch, n] = cache.h.shape();
  Matrix h({batch, n});
  std::ranges::copy(time_step(cache.h, states - 1), h.begin());
  return h;
}

}  // namespace nn
