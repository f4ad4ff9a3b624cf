#include "04_cnn/resnet.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "tensor/reshape.hpp"
#include "tensor/shape.hpp"
#include "tensor/sums.hpp"

namespace nn {

// 4.4 Pooling

MaxPool2d::MaxPool2d(const Window& with) : window(with) {
  output_size(window.kernel, window);  // refuses a window of no size or that does not move
  if (2 * window.padding > window.kernel) {
    throw std::invalid_argument("MaxPool2d: the padding is more than half of the kernel");
  }
}

namespace {

/// Where in the pixels of a channel the largest number under the window at its place (p, q) stands; the first of
/// equals.
std::size_t largest_below(std::span<const Real> pixels, std::size_t width, const Window& window, std::size_t p,
                          std::size_t q) {
  const std::size_t height = pixels.size() / width;
  std::size_t largest = pixels.size();  // none yet
  for (std::size_t i = 0; i < window.kernel; ++i) {
    for (std::size_t j = 0; j < window.kernel; ++j) {
      // Above and left of the image these would be negative: as numbers without a sign they are huge
      const std::size_t r = p * window.stride + i - window.padding;
      const std::size_t s = q * window.stride + j - window.padding;
      if (r >= height || s >= width) {
        continue;
      }
      if (largest == pixels.size() || pixels[r * width + s] > pixels[largest]) {
        largest = r * width + s;
      }
    }
  }
  return largest;
}

}  // namespace

Tensor4 MaxPool2d::forward(const Tensor4& x, Cache& cache) const {
  const auto [batch, channels, height, width] = x.shape();
  Tensor4 y({batch, channels, output_size(height, window), output_size(width, window)});
  cache.x_shape = x.shape();
  cache.y_shape = y.shape();
  cache.places.resize({y.size()});
  std::size_t k = 0;
  for (std::size_t plane = 0; plane < batch * channels; ++plane) {
    const std::span<const Real> pixels = values(x).subspan(plane * height * width, height * width);
    for (std::size_t p = 0; p < y.shape(2); ++p) {
      for (std::size_t q = 0; q < y.shape(3); ++q) {
        const std::size_t largest = largest_below(pixels, width, window, p, q);
        values(y)[k] = pixels[largest];
        cache.places(k++) = plane * height * width + largest;
      }
    }
  }
  return y;
}

Tensor4 MaxPool2d::backward(const Tensor4& dy, const Cache& cache) const {
  const auto& [batch, channels, rows, columns] = cache.y_shape;
  check_shape("MaxPool2d::backward", "dy", dy, {batch, channels, rows, columns});
  Tensor4 dx = zeros({batch, channels, cache.x_shape[2], cache.x_shape[3]});
  for (std::size_t k = 0; k < dy.size(); ++k) {
    values(dx)[cache.places(k)] += values(dy)[k];
  }
  return dx;
}

Matrix GlobalAveragePool2d::forward(const Tensor4& x, Cache& cache) const {
  cache.x_shape = x.shape();
  Matrix y = zeros({x.shape(0), x.shape(1)});
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    for (std::size_t c = 0; c < x.shape(1); ++c) {
      const std::span<const Real> pixels = channel(x, n, c);
      y(n, c) = sum_of(pixels) / static_cast<Real>(pixels.size());
    }
  }
  return y;
}

Tensor4 GlobalAveragePool2d::backward(const Matrix& dy, const Cache& cache) const {
  const auto& [batch, channels, height, width] = cache.x_shape;
  check_shape("GlobalAveragePool2d::backward", "dy", dy, {batch, channels});
  Tensor4 dx({batch, channels, height, width});
  for (std::size_t n = 0; n < batch; ++n) {
    for (std::size_t c = 0; c < channels; ++c) {
      std::ranges::fill(channel(dx, n, c), dy(n, c) / static_cast<Real>(height * width));
    }
  }
  return dx;
}

// 4.5 Batch normalisation

BatchNorm2d::BatchNorm2d(std::size_t channels)
    : weight({channels}), bias({channels}), running_mean(zeros({channels})), running_var(zeros({channels})) {
  weight.value.fill(1);
  running_var.fill(1);
}

namespace {

/// y = factor x + shift for all numbers of channel c.
void scale_and_shift(const Tensor4& x, Tensor4& y, std::size_t c, Real factor, Real shift) {
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    const std::span<const Real> from = channel(x, n, c);
    const std::span<Real> to = channel(y, n, c);
    for (std::size_t i = 0; i < from.size(); ++i) {
      to[i] = factor * from[i] + shift;
    }
  }
}

/// The sums over channel c of all images of x, and of x z.
Real channel_sum(const Tensor4& x, std::size_t c) {
  Real sum = 0;
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    sum += sum_of(channel(x, n, c));
  }
  return sum;
}

Real channel_product(const Tensor4& x, const Tensor4& z, std::size_t c) {
  Real sum = 0;
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    sum += dot_product(channel(x, n, c), channel(z, n, c));
  }
  return sum;
}

}  // namespace

Tensor4 BatchNorm2d::forward(const Tensor4& x, Mode mode, Cache& cache) {
  check_shape("BatchNorm2d::forward", "x", x, {any, weight.value.size(), any, any});
  const Real m = static_cast<Real>(x.shape(0) * x.shape(2) * x.shape(3));
  if (mode.is_training() && m < 2) {
    throw ShapeError("BatchNorm2d::forward: a channel of x has a single number, and its variance would always be 0");
  }
  cache.training = mode.is_training();
  cache.x_hat.resize(x.shape());
  cache.scale.resize({x.shape(1)});
  Tensor4 y(x.shape());
  for (std::size_t c = 0; c < x.shape(1); ++c) {
    // Centre, by the mean of the batch or by the running one
    const Real mean = cache.training ? channel_sum(x, c) / m : running_mean(c);
    scale_and_shift(x, cache.x_hat, c, 1, -mean);

    // The running statistics follow those of the batch
    Real variance = running_var(c);
    if (cache.training) {
      const Real squares = channel_product(cache.x_hat, cache.x_hat, c);
      variance = squares / m;
      running_mean(c) += momentum * (mean - running_mean(c));
      running_var(c) += momentum * (squares / (m - 1) - running_var(c));
    }

    // Divide by the deviation; then scale and shift
    cache.scale(c) = 1 / std::sqrt(variance + epsilon);
    scale_and_shift(cache.x_hat, cache.x_hat, c, cache.scale(c), 0);
    scale_and_shift(cache.x_hat, y, c, weight.value(c), bias.value(c));
  }
  return y;
}

Tensor4 BatchNorm2d::backward(const Tensor4& dy, const Cache& cache) {
  const auto [batch, channels, height, width] = cache.x_hat.shape();
  check_shape("BatchNorm2d::backward", "dy", dy, {batch, channels, height, width});
  const Real m = static_cast<Real>(batch * height * width);
  Tensor4 dx(dy.shape());
  for (std::size_t c = 0; c < channels; ++c) {
    const Real dbias = channel_sum(dy, c);
    const Real dweight = channel_product(dy, cache.x_hat, c);
    bias.grad(c) += dbias;
    weight.grad(c) += dweight;

    // In training, take off what reaches x through the mean and through the variance
    const Real by_mean = cache.training ? dbias / m : 0;
    const Real by_variance = cache.training ? dweight / m : 0;
    const Real slope = weight.value(c) * cache.scale(c);
    for (std::size_t n = 0; n < batch; ++n) {
      const std::span<const Real> dy_n = channel(dy, n, c);
      const std::span<const Real> x_hat = channel(cache.x_hat, n, c);
      const std::span<Real> dx_n = channel(dx, n, c);
      for (std::size_t i = 0; i < dx_n.size(); ++i) {
        dx_n[i] = slope * (dy_n[i] - by_mean - x_hat[i] * by_variance);
      }
    }
  }
  return dx;
}

// 4.6 The residual bottleneck

Bottleneck::Bottleneck(std::size_t in_channels, std::size_t channels, std::size_t out_channels, std::size_t stride,
                       Random& random)
    : reduce(in_channels, channels, {.kernel = 1}, random),
      spatial(channels, channels, {.kernel = 3, .stride = stride, .padding = 1}, random),
      expand(channels, out_channels, {.kernel = 1}, random) {
  if (stride != 1 || in_channels != out_channels) {
    shortcut.emplace(in_channels, out_channels, Window{.kernel = 1, .stride = stride}, random);
  }
}

Tensor4 Bottleneck::forward(const Tensor4& x, Mode mode, Cache& cache) {
  const ReLU2d relu;
  Tensor4 y = relu.forward(reduce.forward(x, mode, cache.reduce), cache.relu_reduce);
  y = relu.forward(spatial.forward(y, mode, cache.spatial), cache.relu_spatial);
  y = expand.forward(y, mode, cache.expand);
  y += shortcut ? shortcut->forward(x, mode, cache.shortcut) : x;
  return relu.forward(std::move(y), cache.relu_sum);
}

Tensor4 Bottleneck::backward(const Tensor4& dy, const Cache& cache) {
  // The sum hands its gradient to both: to the branch, and to the shortcut
  const ReLU2d relu;
  const Tensor4 dsum = relu.backward(dy, cache.relu_sum);
  Tensor4 dx = expand.backward(dsum, cache.expand);
  dx = spatial.backward(relu.backward(std::move(dx), cache.relu_spatial), cache.spatial);
  dx = reduce.backward(relu.backward(std::move(dx), cache.relu_reduce), cache.reduce);
  dx += shortcut ? shortcut->backward(dsum, cache.shortcut) : dsum;
  return dx;
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
