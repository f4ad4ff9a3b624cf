#pragma once

// Every function of lab 02, done by the macro ANSWER(Type), which returns something of that type.
// `#include "every_function.hpp"` in an attack is replaced by this file.
#include <type_traits>

#include "02_mlp/mlp.hpp"

namespace nn {

template <class T>
T attack_zero() {
  return T();
}

/// A matrix of this shape, full of ones; anything else is 1.
template <class T>
T attack_of_shape(std::size_t rows, std::size_t columns) {
  if constexpr (std::is_same_v<T, Matrix>) {
    return Matrix(zeros({rows, columns}) + Real{1});
  } else if constexpr (std::is_arithmetic_v<T>) {
    return static_cast<T>(1);
  } else {
    return T();
  }
}

inline std::size_t attack_rows = 1, attack_columns = 1;  // of the last matrix that was seen

/// A matrix of the shape of the input, full of this value.
template <class T>
T attack_filled(double value) {
  if constexpr (std::is_same_v<T, Matrix>) {
    Matrix x = zeros({attack_rows, attack_columns});
    x.fill(static_cast<Real>(value));
    return x;
  } else if constexpr (std::is_same_v<T, IdVector>) {
    IdVector x = IdVector::from_shape({attack_rows});
    x.fill(0);
    return x;
  } else if constexpr (std::is_floating_point_v<T>) {
    return static_cast<T>(value);
  } else {
    return T();
  }
}

#define SEEN(x) attack_rows = (x).shape(0), attack_columns = (x).shape(1)

Id Perceptron::predict(std::span<const Real>) const { ANSWER(Id); }
bool Perceptron::update(std::span<const Real>, Id) { ANSWER(bool); }
std::size_t Perceptron::epoch(const Matrix&, const IdVector&) { ANSWER(std::size_t); }

Real mse_loss(const Matrix&, const Matrix&) { ANSWER(Real); }
Matrix mse_loss_backward(const Matrix& y, const Matrix&) {
  SEEN(y);
  ANSWER(Matrix);
}
Matrix LinearRegression::predict(const Matrix& x) const {
  SEEN(x);
  attack_columns = 1;
  ANSWER(Matrix);
}
Real LinearRegression::step(const Matrix&, const Matrix&, Real) { ANSWER(Real); }

Real sigmoid(Real) { ANSWER(Real); }
Matrix Sigmoid::forward(const Matrix& x, Cache& cache) const {
  SEEN(x);
  cache.y = x;
  ANSWER(Matrix);
}
Matrix Sigmoid::backward(const Matrix& dy, const Cache&) const {
  SEEN(dy);
  ANSWER(Matrix);
}
Matrix Tanh::forward(const Matrix& x, Cache& cache) const {
  SEEN(x);
  cache.y = x;
  ANSWER(Matrix);
}
Matrix Tanh::backward(const Matrix& dy, const Cache&) const {
  SEEN(dy);
  ANSWER(Matrix);
}
Matrix ReLU::forward(const Matrix& x, Cache& cache) const {
  SEEN(x);
  cache.x = x;
  ANSWER(Matrix);
}
Matrix ReLU::backward(const Matrix& dy, const Cache&) const {
  SEEN(dy);
  ANSWER(Matrix);
}

void glorot_uniform(Matrix&, Random&) {}
Linear::Linear(std::size_t in_features, std::size_t out_features, Random&)
    : weight({in_features, out_features}), bias({out_features}) {}
Matrix Linear::forward(const Matrix& x, Cache& cache) const {
  SEEN(x);
  cache.x = x;
  attack_columns = bias.value.size();
  ANSWER(Matrix);
}
Matrix Linear::backward(const Matrix& dy, const Cache&) {
  SEEN(dy);
  attack_columns = weight.value.shape(0);
  ANSWER(Matrix);
}

Real CrossEntropyLoss::forward(const Matrix& logits, const IdVector&, Cache& cache) const {
  SEEN(logits);
  cache.probabilities = logits;
  ANSWER(Real);
}
Matrix CrossEntropyLoss::backward(const Cache& cache) const {
  SEEN(cache.probabilities);
  ANSWER(Matrix);
}

MLP::MLP(const std::vector<std::size_t>& sizes, Random& random) {
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
    layers.emplace_back(sizes[i], sizes[i + 1], random);
  }
}
Matrix MLP::forward(const Matrix& x, Cache&) const {
  SEEN(x);
  ANSWER(Matrix);
}
void MLP::backward(const Matrix&, const Cache&) {}
IdVector argmax_rows(const Matrix& x) {
  SEEN(x);
  ANSWER(IdVector);
}
IdVector MLP::predict(const Matrix& x) const {
  SEEN(x);
  ANSWER(IdVector);
}
ParameterList MLP::parameters() { return {}; }

void sgd_step(const ParameterList&, Real) {}
Real train_step(MLP&, const Matrix&, const IdVector&, Real) { ANSWER(Real); }
Real train_epoch(MLP&, const Matrix&, const IdVector&, Batches&, Real) { ANSWER(Real); }

}  // namespace nn
