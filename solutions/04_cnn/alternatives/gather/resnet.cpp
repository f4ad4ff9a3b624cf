#include "04_cnn/resnet.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "tensor/shape.hpp"

// Tasks 4.4 to 4.6 once more, in the plainest loops over all four indices.

namespace nn {

namespace {

/// Calls visit(n, c, r, s) for every index of a shape, in storage order.
template <class Shape, class Visit>
void for_each_index(const Shape& shape, const Visit& visit) {
  for (std::size_t n = 0; n < shape[0]; ++n) {
    for (std::size_t c = 0; c < shape[1]; ++c) {
      for (std::size_t r = 0; r < shape[2]; ++r) {
        for (std::size_t s = 0; s < shape[3]; ++s) {
          visit(n, c, r, s);
        }
      }
    }
  }
}

}  // namespace

MaxPool2d::MaxPool2d(const Window& with) : window(with) {
  if (with.kernel == 0 || with.stride == 0 || with.padding > with.kernel / 2) {
    throw std::invalid_argument("no window to pool with");
  }
}

Tensor4 MaxPool2d::forward(const Tensor4& x, Cache& cache) const {
  Tensor4 y = zeros({x.shape(0), x.shape(1), output_size(x.shape(2), window), output_size(x.shape(3), window)});
  cache = {x.shape(), y.shape(), IdVector::from_shape({y.size()})};
  std::size_t k = 0;
  for_each_index(y.shape(), [&](std::size_t n, std::size_t c, std::size_t p, std::size_t q) {
    y(n, c, p, q) = -std::numeric_limits<Real>::infinity();
    // Backwards, so that the first of equals comes last
    for (std::size_t t = window.kernel * window.kernel; t-- > 0;) {
      const std::size_t r = p * window.stride + t / window.kernel - window.padding;
      const std::size_t s = q * window.stride + t % window.kernel - window.padding;
      if (r < x.shape(2) && s < x.shape(3) && x(n, c, r, s) >= y(n, c, p, q)) {
        y(n, c, p, q) = x(n, c, r, s);
        cache.places(k) = static_cast<Id>(&x(n, c, r, s) - x.data());
      }
    }
    ++k;
  });
  return y;
}

Tensor4 MaxPool2d::backward(const Tensor4& dy, const Cache& cache) const {
  if (dy.shape() != cache.y_shape) {
    throw ShapeError("dy has another shape than y");
  }
  Tensor4 dx = zeros({cache.x_shape[0], cache.x_shape[1], cache.x_shape[2], cache.x_shape[3]});
  std::size_t k = 0;
  for (const Real number : dy) {
    dx.data()[cache.places(k++)] += number;
  }
  return dx;
}

Matrix GlobalAveragePool2d::forward(const Tensor4& x, Cache& cache) const {
  cache.x_shape = x.shape();
  Matrix y = zeros({x.shape(0), x.shape(1)});
  for_each_index(x.shape(), [&](std::size_t n, std::size_t c, std::size_t r, std::size_t s) {
    y(n, c) += x(n, c, r, s) / static_cast<Real>(x.shape(2) * x.shape(3));
  });
  return y;
}

Tensor4 GlobalAveragePool2d::backward(const Matrix& dy, const Cache& cache) const {
  check_shape("GlobalAveragePool2d", "dy", dy, {cache.x_shape[0], cache.x_shape[1]});
  Tensor4 dx = zeros({cache.x_shape[0], cache.x_shape[1], cache.x_shape[2], cache.x_shape[3]});
  for_each_index(dx.shape(), [&](std::size_t n, std::size_t c, std::size_t r, std::size_t s) {
    dx(n, c, r, s) = dy(n, c) / static_cast<Real>(dx.shape(2) * dx.shape(3));
  });
  return dx;
}

BatchNorm2d::BatchNorm2d(std::size_t channels)
    : weight({channels}), bias({channels}), running_mean(zeros({channels})), running_var(zeros({channels})) {
  for (std::size_t c = 0; c < channels; ++c) {
    weight.value(c) = 1;
    running_var(c) = 1;
  }
}

Tensor4 BatchNorm2d::forward(const Tensor4& x, Mode mode, Cache& cache) {
  check_shape("BatchNorm2d", "x", x, {any, weight.value.size(), any, any});
  const Real m = static_cast<Real>(x.size() / x.shape(1));
  Vector mean = running_mean, variance = running_var;
  if (mode.is_training()) {
    if (m < 2) {
      throw ShapeError("one number has no variance");
    }
    mean.fill(0);
    variance.fill(0);
    for_each_index(x.shape(),
                   [&](std::size_t n, std::size_t c, std::size_t r, std::size_t s) { mean(c) += x(n, c, r, s) / m; });
    for_each_index(x.shape(), [&](std::size_t n, std::size_t c, std::size_t r, std::size_t s) {
      variance(c) += (x(n, c, r, s) - mean(c)) * (x(n, c, r, s) - mean(c)) / m;
    });
    for (std::size_t c = 0; c < x.shape(1); ++c) {
      running_mean(c) = (1 - momentum) * running_mean(c) + momentum * mean(c);
      running_var(c) = (1 - momentum) * running_var(c) + momentum * variance(c) * m / (m - 1);
    }
  }
  cache.training = mode.is_training();
  cache.x_hat = x;
  cache.scale = Real{1} / xt::sqrt(variance + epsilon);
  Tensor4 y = x;
  for_each_index(x.shape(), [&](std::size_t n, std::size_t c, std::size_t r, std::size_t s) {
    cache.x_hat(n, c, r, s) = (x(n, c, r, s) - mean(c)) / std::sqrt(variance(c) + epsilon);
    y(n, c, r, s) = weight.value(c) * cache.x_hat(n, c, r, s) + bias.value(c);
  });
  return y;
}

Tensor4 BatchNorm2d::backward(const Tensor4& dy, const Cache& cache) {
  if (dy.shape() != cache.x_hat.shape()) {
    throw ShapeError("dy has another shape than x");
  }
  // The three paths one after the other: x_hat, then variance and mean, as sums over the batch
  const Real m = static_cast<Real>(dy.size() / dy.shape(1));
  Tensor4 dx = dy;
  Vector dmean = zeros({dy.shape(1)}), dvariance = zeros({dy.shape(1)});
  for_each_index(dy.shape(), [&](std::size_t n, std::size_t c, std::size_t r, std::size_t s) {
    weight.grad(c) += dy(n, c, r, s) * cache.x_hat(n, c, r, s);
    bias.grad(c) += dy(n, c, r, s);
    const Real dx_hat = dy(n, c, r, s) * weight.value(c);
    dx(n, c, r, s) = dx_hat * cache.scale(c);
    dmean(c) -= dx_hat * cache.scale(c);
    // x - mean = x_hat / scale, and the derivative of variance^(-1/2) is -1/2 scale^3
    dvariance(c) -= dx_hat * cache.x_hat(n, c, r, s) * cache.scale(c) * cache.scale(c) / 2;
  });
  if (cache.training) {
    for_each_index(dy.shape(), [&](std::size_t n, std::size_t c, std::size_t r, std::size_t s) {
      dx(n, c, r, s) += dmean(c) / m + dvariance(c) * 2 * cache.x_hat(n, c, r, s) / cache.scale(c) / m;
    });
  }
  return dx;
}

Bottleneck::Bottleneck(std::size_t in_channels, std::size_t channels, std::size_t out_channels, std::size_t stride,
                       Random& random)
    : reduce(in_channels, channels, {.kernel = 1}, random),
      spatial(channels, channels, {.kernel = 3, .stride = stride, .padding = 1}, random),
      expand(channels, out_channels, {.kernel = 1}, random) {
  const bool same_shape = stride == 1 && in_channels == out_channels;
  if (!same_shape) {
    shortcut = ConvNorm(in_channels, out_channels, {.kernel = 1, .stride = stride}, random);
  }
}

Tensor4 Bottleneck::forward(const Tensor4& x, Mode mode, Cache& cache) {
  const Tensor4 reduced = ReLU2d().forward(reduce.forward(x, mode, cache.reduce), cache.relu_reduce);
  const Tensor4 filtered = ReLU2d().forward(spatial.forward(reduced, mode, cache.spatial), cache.relu_spatial);
  const Tensor4 expanded = expand.forward(filtered, mode, cache.expand);
  const Tensor4 added = shortcut.has_value() ? shortcut->forward(x, mode, cache.shortcut) : x;
  return ReLU2d().forward(Tensor4(expanded + added), cache.relu_sum);
}

Tensor4 Bottleneck::backward(const Tensor4& dy, const Cache& cache) {
  const Tensor4 dsum = ReLU2d().backward(dy, cache.relu_sum);
  const Tensor4 by_shortcut = shortcut.has_value() ? shortcut->backward(dsum, cache.shortcut) : dsum;
  const Tensor4 dfiltered = ReLU2d().backward(expand.backward(dsum, cache.expand), cache.relu_spatial);
  const Tensor4 dreduced = ReLU2d().backward(spatial.backward(dfiltered, cache.spatial), cache.relu_reduce);
  return by_shortcut + reduce.backward(dreduced, cache.reduce);
}

ParameterList Bottleneck::parameters() {
  ParameterList list;
  append(list, "reduce", reduce.parameters());
  append(list, "spatial", spatial.parameters());
  append(list, "expand", expand.parameters());
  if (shortcut.has_value()) {
    append(list, "shortcut", shortcut->parameters());
  }
  return list;
}

}  // namespace nn
