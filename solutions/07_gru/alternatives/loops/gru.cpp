#include "07_gru/gru.hpp"

#include <cmath>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

// One number at a time, without a matrix product; a sequence takes the steps of a cell, one row at a time.

namespace nn {

namespace {

Real sigmoid_of(Real a) { return 1 / (1 + std::exp(-a)); }

/// Column j of x W + b.
Real input_sum(const GRUCell& cell, const Matrix& x, std::size_t b, std::size_t j) {
  Real sum = cell.bias.value(j);
  for (std::size_t i = 0; i < x.shape(1); ++i) {
    sum += x(b, i) * cell.weight_ih.value(i, j);
  }
  return sum;
}

/// Column j of h U.
Real state_sum(const GRUCell& cell, const Matrix& h, std::size_t b, std::size_t j) {
  Real sum = 0;
  for (std::size_t i = 0; i < h.shape(1); ++i) {
    sum += h(b, i) * cell.weight_hh.value(i, j);
  }
  return sum;
}

Matrix one_row(const Tensor3& x, std::size_t t, std::size_t b) {
  Matrix result = zeros({1, x.shape(2)});
  for (std::size_t k = 0; k < x.shape(2); ++k) {
    result(0, k) = x(t, b, k);
  }
  return result;
}

void put_row(const Matrix& row, Tensor3& x, std::size_t t, std::size_t b) {
  for (std::size_t k = 0; k < x.shape(2); ++k) {
    x(t, b, k) = row(0, k);
  }
}

}  // namespace

GRUCell::GRUCell(std::size_t input_size, std::size_t hidden_size, Random& random)
    : weight_ih({input_size, 3 * hidden_size}), weight_hh({hidden_size, 3 * hidden_size}), bias({3 * hidden_size}) {
  glorot_uniform(weight_ih.value, random);
  orthogonal(weight_hh.value, random);
}

Matrix GRUCell::forward(const Matrix& x, const Matrix& h, Cache& cache) const {
  const std::size_t n = hidden_size();
  check_shape("GRUCell::forward", "x", x, {any, weight_ih.value.shape(0)});
  check_shape("GRUCell::forward", "h", h, {x.shape(0), n});
  cache = {x, h, zeros({x.shape(0), 3 * n}), zeros({x.shape(0), n})};
  Matrix h_next = zeros({x.shape(0), n});
  for (std::size_t b = 0; b < x.shape(0); ++b) {
    for (std::size_t j = 0; j < 2 * n; ++j) {
      cache.gates(b, j) = sigmoid_of(input_sum(*this, x, b, j) + state_sum(*this, h, b, j));
    }
    for (std::size_t k = 0; k < n; ++k) {
      cache.reset_h(b, k) = cache.gates(b, k) * h(b, k);
    }
    for (std::size_t k = 0; k < n; ++k) {
      const std::size_t j = 2 * n + k;
      cache.gates(b, j) = std::tanh(input_sum(*this, x, b, j) + state_sum(*this, cache.reset_h, b, j));
      h_next(b, k) = h(b, k) + cache.gates(b, n + k) * (cache.gates(b, j) - h(b, k));
    }
  }
  return h_next;
}

GRUCell::Gradients GRUCell::backward(const Matrix& dh_next, const Cache& cache) {
  const std::size_t n = hidden_size(), batch = cache.h.shape(0);
  check_shape("GRUCell::backward", "dh_next", dh_next, {batch, n});
  Gradients result{zeros({batch, cache.x.shape(1)}), zeros({batch, n})};
  for (std::size_t b = 0; b < batch; ++b) {
    Vector da = zeros({3 * n});
    for (std::size_t k = 0; k < n; ++k) {
      const Real z = cache.gates(b, n + k), candidate = cache.gates(b, 2 * n + k);
      da(n + k) = dh_next(b, k) * (candidate - cache.h(b, k)) * z * (1 - z);
      da(2 * n + k) = dh_next(b, k) * z * (1 - candidate * candidate);
      result.dh(b, k) = dh_next(b, k) * (1 - z);
    }
    for (std::size_t k = 0; k < n; ++k) {
      Real dreset = 0;
      for (std::size_t j = 0; j < n; ++j) {
        dreset += da(2 * n + j) * weight_hh.value(k, 2 * n + j);
        weight_hh.grad(k, 2 * n + j) += cache.reset_h(b, k) * da(2 * n + j);
      }
      const Real r = cache.gates(b, k);
      da(k) = dreset * cache.h(b, k) * r * (1 - r);
      result.dh(b, k) += dreset * r;
    }
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t j = 0; j < 2 * n; ++j) {
        result.dh(b, k) += da(j) * weight_hh.value(k, j);
        weight_hh.grad(k, j) += cache.h(b, k) * da(j);
      }
    }
    for (std::size_t j = 0; j < 3 * n; ++j) {
      bias.grad(j) += da(j);
      for (std::size_t i = 0; i < cache.x.shape(1); ++i) {
        result.dx(b, i) += da(j) * weight_ih.value(i, j);
        weight_ih.grad(i, j) += cache.x(b, i) * da(j);
      }
    }
  }
  return result;
}

Tensor3 GRU::forward(const Tensor3& x, const IdVector& lengths, const Matrix& h0, Cache& cache) const {
  const std::size_t time = x.shape(0), batch = x.shape(1), n = cell.hidden_size();
  check_shape("GRU::forward", "x", x, {any, any, cell.weight_ih.value.shape(0)});
  check_shape("GRU::forward", "h0", h0, {batch, n});
  check_lengths("GRU::forward", lengths, time, batch);
  cache = {x, zeros({time + 1, batch, n}), zeros({time, batch, 3 * n}), zeros({time, batch, n}), lengths};
  clear_padding(cache.x, lengths);
  for (std::size_t b = 0; b < batch; ++b) {
    Matrix h = zeros({1, n});
    for (std::size_t k = 0; k < n; ++k) {
      h(0, k) = h0(b, k);
    }
    put_row(h, cache.h, 0, b);
    for (std::size_t t = 0; t < time; ++t) {
      if (t < lengths(b)) {
        GRUCell::Cache step;
        h = cell.forward(one_row(cache.x, t, b), h, step);
        put_row(step.gates, cache.gates, t, b);
        put_row(step.reset_h, cache.reset_h, t, b);
      }
      put_row(h, cache.h, t + 1, b);
    }
  }
  return time_steps(cache.h, 1, time);
}

GRU::Gradients GRU::backward(const Tensor3& dy, const Cache& cache) {
  const std::size_t time = cache.x.shape(0), batch = cache.x.shape(1), n = cell.hidden_size();
  check_shape("GRU::backward", "dy", dy, {time, batch, n});
  Gradients result{zeros({time, batch, cache.x.shape(2)}), zeros({batch, n})};
  for (std::size_t b = 0; b < batch; ++b) {
    Matrix dh = zeros({1, n});
    for (std::size_t t = time; t-- > 0;) {
      dh += one_row(dy, t, b);
      if (t < cache.lengths(b)) {
        const GRUCell::Cache step{one_row(cache.x, t, b), one_row(cache.h, t, b), one_row(cache.gates, t, b),
                                  one_row(cache.reset_h, t, b)};
        GRUCell::Gradients gradients = cell.backward(dh, step);
        put_row(gradients.dx, result.dx, t, b);
        dh = gradients.dh;
      }
    }
    for (std::size_t k = 0; k < n; ++k) {
      result.dh0(b, k) = dh(0, k);
    }
  }
  return result;
}

Matrix final_state(const GRU::Cache& cache) {
  const std::size_t last = cache.h.shape(0) - 1;
  Matrix h = zeros({cache.h.shape(1), cache.h.shape(2)});
  for (std::size_t b = 0; b < h.shape(0); ++b) {
    for (std::size_t k = 0; k < h.shape(1); ++k) {
      h(b, k) = cache.h(last, b, k);
    }
  }
  return h;
}

}  // namespace nn
