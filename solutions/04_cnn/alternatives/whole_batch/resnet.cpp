#include "04_cnn/resnet.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "tensor/shape.hpp"

// Tasks 4.4 to 4.6 once more, in expressions on whole tensors wherever there is one; batch normalisation sees a channel
// as a column of a matrix (batch height width, channels).

namespace nn {

namespace {

/// x: (batch, channels, height, width) -> (batch height width, channels), and back.
Matrix by_channel(const Tensor4& x) {
  const Tensor4 turned = xt::transpose(x, {0, 2, 3, 1});
  return xt::reshape_view(turned, {x.size() / x.shape(1), x.shape(1)});
}

Tensor4 by_image(const Matrix& x, const std::array<std::size_t, 4>& shape) {
  const std::array<std::size_t, 4> turned{shape[0], shape[2], shape[3], shape[1]};
  const Tensor4 wide = xt::reshape_view(x, turned);
  return xt::transpose(wide, {0, 3, 1, 2});
}

}  // namespace

MaxPool2d::MaxPool2d(const Window& with) : window(with) {
  if (with.kernel * with.stride == 0 || 2 * with.padding > with.kernel) {
    throw std::invalid_argument("no window to pool with");
  }
}

Tensor4 MaxPool2d::forward(const Tensor4& x, Cache& cache) const {
  // im2col of the pixels and of their numbers plus one: what is no pixel has number 0
  const std::size_t down = output_size(x.shape(2), window), across = output_size(x.shape(3), window);
  Tensor4 y = zeros({x.shape(0), x.shape(1), down, across});
  cache.x_shape = x.shape();
  cache.y_shape = y.shape();
  cache.places = IdVector::from_shape({y.size()});
  const Tensor4 numbers = xt::reshape_view(xt::arange<Real>(1, static_cast<Real>(x.size() + 1)), x.shape());
  const std::size_t taps = window.kernel * window.kernel;
  std::size_t k = 0;
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    const Matrix pixels = im2col(x, n, window), places = im2col(numbers, n, window);
    for (std::size_t c = 0; c < x.shape(1); ++c) {
      for (std::size_t a = 0; a < down * across; ++a) {
        Real largest = -std::numeric_limits<Real>::infinity();
        for (std::size_t t = c * taps; t < (c + 1) * taps; ++t) {
          if (places(t, a) > 0 && pixels(t, a) > largest) {
            largest = pixels(t, a);
            cache.places(k) = static_cast<Id>(places(t, a)) - 1;
          }
        }
        y.data()[k++] = largest;
      }
    }
  }
  return y;
}

Tensor4 MaxPool2d::backward(const Tensor4& dy, const Cache& cache) const {
  check_shape("MaxPool2d", "dy", dy, {cache.y_shape[0], cache.y_shape[1], cache.y_shape[2], cache.y_shape[3]});
  Tensor4 dx = xt::zeros<Real>(cache.x_shape);
  for (std::size_t k = dy.size(); k-- > 0;) {
    dx.data()[cache.places(k)] += dy.data()[k];
  }
  return dx;
}

Matrix GlobalAveragePool2d::forward(const Tensor4& x, Cache& cache) const {
  cache.x_shape = x.shape();
  return xt::mean(x, {2, 3});
}

Tensor4 GlobalAveragePool2d::backward(const Matrix& dy, const Cache& cache) const {
  const auto& [batch, channels, height, width] = cache.x_shape;
  check_shape("GlobalAveragePool2d", "dy", dy, {batch, channels});
  Tensor4 dx = xt::ones<Real>(cache.x_shape);
  dx *= xt::reshape_view(dy, {batch, channels, std::size_t{1}, std::size_t{1}});
  dx /= static_cast<Real>(height * width);
  return dx;
}

BatchNorm2d::BatchNorm2d(std::size_t channels)
    : weight({channels}), bias({channels}), running_mean(zeros({channels})), running_var(zeros({channels})) {
  weight.value.fill(1);
  running_var.fill(1);
}

Tensor4 BatchNorm2d::forward(const Tensor4& x, Mode mode, Cache& cache) {
  check_shape("BatchNorm2d", "x", x, {any, weight.value.size(), any, any});
  const Matrix rows = by_channel(x);
  Vector mean = running_mean, variance = running_var;
  if (mode.is_training()) {
    const Real m = static_cast<Real>(rows.shape(0));
    if (rows.shape(0) < 2) {
      throw ShapeError("one number has no variance");
    }
    mean = xt::mean(rows, {0});
    const Matrix centred = rows - mean;
    variance = xt::mean(centred * centred, {0});
    running_mean = running_mean * (1 - momentum) + mean * momentum;
    running_var = running_var * (1 - momentum) + variance * (momentum * m / (m - 1));
  }
  cache.training = mode.is_training();
  cache.scale = Real{1} / xt::sqrt(variance + epsilon);
  const Matrix x_hat = (rows - mean) * cache.scale;
  cache.x_hat = by_image(x_hat, x.shape());
  const Matrix y = x_hat * weight.value + bias.value;
  return by_image(y, x.shape());
}

Tensor4 BatchNorm2d::backward(const Tensor4& dy, const Cache& cache) {
  const auto& shape = cache.x_hat.shape();
  check_shape("BatchNorm2d", "dy", dy, {shape[0], shape[1], shape[2], shape[3]});
  const Matrix dy_rows = by_channel(dy), x_hat = by_channel(cache.x_hat);
  const Vector dbias = xt::sum(dy_rows, {0});
  const Vector dweight = xt::sum(dy_rows * x_hat, {0});
  xt::noalias(bias.grad) += dbias;
  xt::noalias(weight.grad) += dweight;
  const Vector slope = weight.value * cache.scale;
  Matrix dx = slope * dy_rows;
  if (cache.training) {
    dx -= slope * (dbias + x_hat * dweight) / static_cast<Real>(dy_rows.shape(0));
  }
  return by_image(dx, dy.shape());
}

Bottleneck::Bottleneck(std::size_t in_channels, std::size_t channels, std::size_t out_channels, std::size_t stride,
                       Random& random)
    : reduce(in_channels, channels, {.kernel = 1}, random),
      spatial(channels, channels, {.kernel = 3, .stride = stride, .padding = 1}, random),
      expand(channels, out_channels, {.kernel = 1}, random) {
  if (in_channels != out_channels || stride > 1) {
    shortcut.emplace(in_channels, out_channels, Window{1, stride, 0}, random);
  }
}

Tensor4 Bottleneck::forward(const Tensor4& x, Mode mode, Cache& cache) {
  Tensor4 sum = x;
  if (shortcut) {
    sum = shortcut->forward(x, mode, cache.shortcut);
  }
  Tensor4 branch = ReLU2d().forward(reduce.forward(x, mode, cache.reduce), cache.relu_reduce);
  branch = ReLU2d().forward(spatial.forward(branch, mode, cache.spatial), cache.relu_spatial);
  sum += expand.forward(branch, mode, cache.expand);
  return ReLU2d().forward(sum, cache.relu_sum);
}

Tensor4 Bottleneck::backward(const Tensor4& dy, const Cache& cache) {
  const Tensor4 dsum = ReLU2d().backward(dy, cache.relu_sum);
  Tensor4 d = expand.backward(dsum, cache.expand);
  d = spatial.backward(ReLU2d().backward(d, cache.relu_spatial), cache.spatial);
  d = reduce.backward(ReLU2d().backward(d, cache.relu_reduce), cache.reduce);
  if (shortcut) {
    return d + shortcut->backward(dsum, cache.shortcut);
  }
  return d + dsum;
}

ParameterList Bottleneck::parameters() {
  ParameterList list;
  append(list, "reduce", reduce.parameters());
  append(list, "spatial", spatial.parameters());
  append(list, "expand", expand.parameters());
  if (shortcut) {
    append(list, "shortcut", shortcut->parameters());
  }
  return list;
}

}  // namespace nn
