#include "07_gru/gru.hpp"

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "blas/matmul.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

// Whole-tensor expressions; the ended sequences are kept apart by a mask of zeros and ones.

namespace nn {

namespace {

/// Columns first, ..., last - 1 of a matrix.
Matrix thirds(const Matrix& x, std::size_t first, std::size_t last) {
  const std::size_t n = x.shape(1) / 3;
  return xt::view(x, xt::all(), xt::range(first * n, last * n));
}

Matrix sigmoid_of(const Matrix& a) { return Real{1} / (Real{1} + xt::exp(-a)); }

Matrix step_of(const Tensor3& x, std::size_t t) { return xt::view(x, t); }

/// (batch, 1): 1 where a sequence goes on at step t.
Matrix running(const IdVector& lengths, std::size_t t) {
  Matrix mask = zeros({lengths.size(), 1});
  for (std::size_t b = 0; b < lengths.size(); ++b) {
    mask(b, 0) = t < lengths(b) ? 1 : 0;
  }
  return mask;
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
  const Matrix a = matmul(x, weight_ih.value) + bias.value;
  const Matrix gates = sigmoid_of(thirds(a, 0, 2) + matmul(h, thirds(weight_hh.value, 0, 2)));
  const Matrix r = xt::view(gates, xt::all(), xt::range(0, n));
  const Matrix z = xt::view(gates, xt::all(), xt::range(n, 2 * n));
  const Matrix reset_h = r * h;
  const Matrix candidate = xt::tanh(thirds(a, 2, 3) + matmul(reset_h, thirds(weight_hh.value, 2, 3)));
  cache = {x, h, a, reset_h};
  xt::view(cache.gates, xt::all(), xt::range(0, 2 * n)) = gates;
  xt::view(cache.gates, xt::all(), xt::range(2 * n, 3 * n)) = candidate;
  return h - z * h + z * candidate;
}

GRUCell::Gradients GRUCell::backward(const Matrix& dh_next, const Cache& cache) {
  const std::size_t n = hidden_size(), batch = cache.h.shape(0);
  check_shape("GRUCell::backward", "dh_next", dh_next, {batch, n});
  const Matrix r = thirds(cache.gates, 0, 1), z = thirds(cache.gates, 1, 2), candidate = thirds(cache.gates, 2, 3);
  const Matrix da_n = dh_next * z * (Real{1} - candidate * candidate);
  const Matrix dreset_h = matmul_nt(da_n, thirds(weight_hh.value, 2, 3));
  Matrix da = zeros({batch, 3 * n});
  xt::view(da, xt::all(), xt::range(0, n)) = dreset_h * cache.h * r * (Real{1} - r);
  xt::view(da, xt::all(), xt::range(n, 2 * n)) = dh_next * (candidate - cache.h) * z * (Real{1} - z);
  xt::view(da, xt::all(), xt::range(2 * n, 3 * n)) = da_n;
  const Matrix da_gates = thirds(da, 0, 2);
  Matrix dh = dh_next * (Real{1} - z) + dreset_h * r;
  add_matmul_nt(da_gates, thirds(weight_hh.value, 0, 2), dh);

  add_matmul_tn(cache.x, da, weight_ih.grad);
  xt::view(weight_hh.grad, xt::all(), xt::range(0, 2 * n)) += matmul_tn(cache.h, da_gates);
  xt::view(weight_hh.grad, xt::all(), xt::range(2 * n, 3 * n)) += matmul_tn(cache.reset_h, da_n);
  xt::noalias(bias.grad) += xt::sum(da, {0});
  return {matmul_nt(da, weight_ih.value), dh};
}

Tensor3 GRU::forward(const Tensor3& x, const IdVector& lengths, const Matrix& h0, Cache& cache) const {
  const std::size_t time = x.shape(0), batch = x.shape(1), n = cell.hidden_size();
  check_shape("GRU::forward", "x", x, {any, any, cell.weight_ih.value.shape(0)});
  check_shape("GRU::forward", "h0", h0, {batch, n});
  check_lengths("GRU::forward", lengths, time, batch);
  cache = {x, zeros({time + 1, batch, n}), zeros({time, batch, 3 * n}), zeros({time, batch, n}), lengths};
  clear_padding(cache.x, lengths);
  Matrix h = h0;
  xt::view(cache.h, 0) = h;
  for (std::size_t t = 0; t < time; ++t) {
    GRUCell::Cache step;
    const Matrix next = cell.forward(step_of(cache.x, t), h, step);
    const Matrix mask = running(lengths, t);
    h = Matrix(mask * next + (Real{1} - mask) * h);
    xt::view(cache.h, t + 1) = h;
    xt::view(cache.gates, t) = step.gates;
    xt::view(cache.reset_h, t) = step.reset_h;
  }
  return time_steps(cache.h, 1, time);
}

GRU::Gradients GRU::backward(const Tensor3& dy, const Cache& cache) {
  const std::size_t time = cache.x.shape(0), batch = cache.x.shape(1), n = cell.hidden_size();
  check_shape("GRU::backward", "dy", dy, {time, batch, n});
  Gradients result{zeros({time, batch, cache.x.shape(2)}), zeros({batch, n})};
  Matrix dh = zeros({batch, n});
  for (std::size_t t = time; t-- > 0;) {
    dh += xt::view(dy, t);
    const Matrix mask = running(cache.lengths, t);
    const Matrix through = mask * dh;
    const GRUCell::Gradients gradients = cell.backward(
        through, {step_of(cache.x, t), step_of(cache.h, t), step_of(cache.gates, t), step_of(cache.reset_h, t)});
    xt::view(result.dx, t) = gradients.dx;
    dh = Matrix(dh - through + gradients.dh);
  }
  result.dh0 = dh;
  return result;
}

Matrix final_state(const GRU::Cache& cache) { return step_of(cache.h, cache.h.shape(0) - 1); }

}  // namespace nn
