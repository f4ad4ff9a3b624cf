#include "04_cnn/resnet.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "nn/not_implemented.hpp"
#include "tensor/reshape.hpp"
#include "tensor/shape.hpp"
#include "tensor/sums.hpp"

// Replace each not_implemented() by your code; resnet.hpp says what it must do. Once all is written, delete the next
// line: then the compiler tells you of every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 4.4 Pooling

MaxPool2d::MaxPool2d(const Window& with) : window(with) {
  // Refuse a kernel or a stride of 0, and a padding that is more than half of the kernel
  not_implemented();
}

Tensor4 MaxPool2d::forward(const Tensor4& x, Cache& cache) const {
  // Keep both shapes
  // For each channel of each image and each place: find the largest pixel under the window, the first of equals
  // Keep where it stands in values(x)
  not_implemented();
}

Tensor4 MaxPool2d::backward(const Tensor4& dy, const Cache& cache) const {
  // Check the shape of dy
  // Send each number of dy to its place; two may have the same
  not_implemented();
}

Matrix GlobalAveragePool2d::forward(const Tensor4& x, Cache& cache) const {
  // Keep the shape
  // Take the mean of each channel(x, n, c) (tensor/reshape.hpp)
  not_implemented();
}

Tensor4 GlobalAveragePool2d::backward(const Matrix& dy, const Cache& cache) const {
  // Check the shape of dy
  // How much does one pixel change the mean?
  not_implemented();
}

// 4.5 Batch normalisation

BatchNorm2d::BatchNorm2d(std::size_t channels)
    : weight({channels}), bias({channels}), running_mean(zeros({channels})), running_var(zeros({channels})) {
  // All are zero now; two of them start at one
  not_implemented();
}

Tensor4 BatchNorm2d::forward(const Tensor4& x, Mode mode, Cache& cache) {
  // Check the channels of x and, in training, that there are two numbers or more in each
  // For each channel:
  //   in training take mean and variance over all images, and move the running ones; else take those
  //   normalise (keep x_hat and the scale), then scale and shift
  not_implemented();
}

Tensor4 BatchNorm2d::backward(const Tensor4& dy, const Cache& cache) {
  // Check the shape of dy
  // For each channel:
  //   two sums over all images, which are the gradients of bias and weight
  //   dx has three terms in training, and one in evaluation
  not_implemented();
}

// 4.6 The residual bottleneck

Bottleneck::Bottleneck(std::size_t in_channels, std::size_t channels, std::size_t out_channels, std::size_t stride,
                       Random& random)
    : reduce(in_channels, channels, {.kernel = 1}, random),
      spatial(channels, channels, {.kernel = 3, .stride = stride, .padding = 1}, random),
      expand(channels, out_channels, {.kernel = 1}, random) {
  // Make the shortcut where the shapes differ: shortcut.emplace(in, out, Window{...}, random)
  not_implemented();
}

Tensor4 Bottleneck::forward(const Tensor4& x, Mode mode, Cache& cache) {
  // The branch: three ConvNorms, with a ReLU2d after the first and after the second
  // Add the shortcut; then ReLU2d. Each part has its own cache
  not_implemented();
}

Tensor4 Bottleneck::backward(const Tensor4& dy, const Cache& cache) {
  // Read forward from its last line to its first; a sum hands its gradient to both of its parts
  not_implemented();
}

ParameterList Bottleneck::parameters() {
  // Append the lists of the parts, with their prefixes: append (nn/parameter.hpp)
  not_implemented();
}

}  // namespace nn
