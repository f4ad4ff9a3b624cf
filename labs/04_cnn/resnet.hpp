#pragma once

// Lab 04, tasks 4.4 to 4.6: what a deep network of convolutions needs besides, up to the residual bottleneck of ResNet.
// README.md derives every formula; you write the bodies in resnet.cpp. convolution.hpp says what holds throughout.

#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "02_mlp/mlp.hpp"
#include "04_cnn/convolution.hpp"
#include "nn/mode.hpp"
#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/reshape.hpp"
#include "tensor/tensor.hpp"

namespace nn {

// 4.4 Pooling

/// The largest number under the window, in each channel by itself. Pixels of the padding are never the largest.
class MaxPool2d {
 public:
  struct Cache {
    std::array<std::size_t, 4> x_shape;  // (batch, channels, height, width)
    std::array<std::size_t, 4> y_shape;  // of forward's result
    IdVector places;                     // for each number of y, in storage order: where in values(x) it was found
  };
  /// Throws std::invalid_argument if the window's kernel or stride is 0, or if 2 padding > kernel.
  explicit MaxPool2d(const Window& with);

  /// x: (batch, channels, height, width) -> y: (batch, channels, output_size(height), output_size(width)). Of equal
  /// numbers the first is taken, row after row. Throws what output_size throws.
  Tensor4 forward(const Tensor4& x, Cache& cache) const;

  /// dy: the shape of y -> dx: the shape of x. Each number of dy goes to the place where its number of y was found;
  /// what several windows send to one place is added up. Throws ShapeError if dy has not the shape of y.
  Tensor4 backward(const Tensor4& dy, const Cache& cache) const;

  Window window;
};

/// The mean of each channel over all its pixels (Lin, Chen and Yan 2014, section 3.2): from images to rows for Linear.
class GlobalAveragePool2d {
 public:
  struct Cache {
    std::array<std::size_t, 4> x_shape;  // (batch, channels, height, width)
  };
  /// x: (batch, channels, height, width) -> y: (batch, channels).
  Matrix forward(const Tensor4& x, Cache& cache) const;

  /// dy: (batch, channels) -> dx: the shape of x. Throws ShapeError if dy has not the shape of y.
  Tensor4 backward(const Matrix& dy, const Cache& cache) const;
};

// 4.5 Batch normalisation

/// y = weight x_hat + bias with x_hat = (x - mean) / sqrt(variance + epsilon), each channel by itself (Ioffe and
/// Szegedy 2015, algorithm 1 and section 3.2). In training, mean and variance are those of the channel over batch,
/// height and width, m numbers, the variance divided by m; in evaluation they are running_mean and running_var.
class BatchNorm2d {
 public:
  static constexpr Real momentum = Real(0.1);
  static constexpr Real epsilon = Real(1e-5);

  struct Cache {
    bool training = false;  // were mean and variance those of the batch?
    Tensor4 x_hat;          // (batch, channels, height, width)
    Vector scale;           // (channels): 1 / sqrt(variance + epsilon)
  };
  /// weight and running_var start at one, bias and running_mean at zero.
  explicit BatchNorm2d(std::size_t channels);

  /// x: (batch, channels, height, width) -> y: the same shape. In training also moves the running statistics:
  /// running = (1 - momentum) running + momentum new, where the new variance is divided by m - 1. Throws ShapeError if
  /// x has other channels or, in training, fewer than two numbers in each.
  Tensor4 forward(const Tensor4& x, Mode mode, Cache& cache);

  /// dy: (batch, channels, height, width) -> dx: the same shape. Adds to weight.grad and bias.grad. In training mean
  /// and variance are functions of x, in evaluation they are constants. Throws ShapeError if dy has not the shape of x.
  Tensor4 backward(const Tensor4& dy, const Cache& cache);

  ParameterList parameters() { return {{"weight", weight}, {"bias", bias}}; }

  Parameter<1> weight;  // (channels), gamma in the paper
  Parameter<1> bias;    // (channels), beta in the paper
  Vector running_mean;  // (channels)
  Vector running_var;   // (channels)
};

// 4.6 The residual bottleneck

/// Given: lab 02's ReLU on images. It sees one row for each image; only the shape changes, no number is copied for it.
class ReLU2d {
 public:
  using Cache = ReLU::Cache;
  /// x: (batch, channels, height, width) -> y = max(x, 0): the same shape.
  Tensor4 forward(Tensor4 x, Cache& cache) const {
    const auto [batch, channels, height, width] = x.shape();
    return unflatten(ReLU().forward(flatten(std::move(x)), cache), channels, height, width);
  }
  /// dy: (batch, channels, height, width) -> dx: dy where x > 0, else 0.
  Tensor4 backward(Tensor4 dy, const Cache& cache) const {
    const auto [batch, channels, height, width] = dy.shape();
    return unflatten(ReLU().backward(flatten(std::move(dy)), cache), channels, height, width);
  }
};

/// Given: a convolution and the normalisation of its result.
class ConvNorm {
 public:
  struct Cache {
    Conv2d::Cache conv;
    BatchNorm2d::Cache norm;
  };
  ConvNorm(std::size_t in_channels, std::size_t out_channels, const Window& with, Random& random)
      : conv(in_channels, out_channels, with, random), norm(out_channels) {}

  Tensor4 forward(const Tensor4& x, Mode mode, Cache& cache) {
    return norm.forward(conv.forward(x, cache.conv), mode, cache.norm);
  }
  Tensor4 backward(const Tensor4& dy, const Cache& cache) {
    return conv.backward(norm.backward(dy, cache.norm), cache.conv);
  }
  /// "conv.weight", "conv.bias", "norm.weight", "norm.bias".
  ParameterList parameters() {
    ParameterList list;
    append(list, "conv", conv.parameters());
    append(list, "norm", norm.parameters());
    return list;
  }

  Conv2d conv;
  BatchNorm2d norm;
};

/// The bottleneck block of ResNet: y = relu(branch(x) + shortcut(x)), where the branch is a ConvNorm 1x1, ReLU, a
/// ConvNorm 3x3 with padding 1, ReLU, a ConvNorm 1x1 (He et al. 2016, figure 5 right and section 4.1). The stride is
/// that of the 3x3, as in torchvision. The shortcut is x itself where x and the branch's result have the same shape:
/// stride 1 and in_channels = out_channels. Where they have not, it is a ConvNorm 1x1 with that stride.
class Bottleneck {
 public:
  struct Cache {
    ConvNorm::Cache reduce, spatial, expand, shortcut;
    ReLU2d::Cache relu_reduce, relu_spatial, relu_sum;
  };
  /// The branch has in_channels -> channels -> channels -> out_channels. Makes reduce, spatial, expand and, where there
  /// is one, shortcut, in this order. Throws std::invalid_argument if stride is 0.
  Bottleneck(std::size_t in_channels, std::size_t channels, std::size_t out_channels, std::size_t stride,
             Random& random);

  /// x: (batch, in_channels, height, width) -> y: (batch, out_channels, height / stride, width / stride), rounded up.
  Tensor4 forward(const Tensor4& x, Mode mode, Cache& cache);

  /// dy: the shape of y -> dx: the shape of x. Adds to the gradients of all parameters.
  Tensor4 backward(const Tensor4& dy, const Cache& cache);

  /// "reduce.conv.weight", ..., "spatial...", "expand...", and "shortcut..." where there is one.
  ParameterList parameters();

  ConvNorm reduce;                   // 1x1, in_channels -> channels
  ConvNorm spatial;                  // 3x3, channels -> channels
  ConvNorm expand;                   // 1x1, channels -> out_channels
  std::optional<ConvNorm> shortcut;  // 1x1, in_channels -> out_channels
};

}  // namespace nn
