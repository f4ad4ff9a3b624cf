#pragma once

// Lab 04, tasks 4.1 to 4.3: convolution. README.md tells the story and derives every formula; this file says exactly
// what each function does; you write the bodies in convolution.cpp, task by task. Tasks 4.4 to 4.6 are in resnet.hpp.
//
// Throughout: images are a Tensor4 (batch, channels, height, width); dfoo is the gradient of the loss with respect to
// foo, with the shape of foo; backward adds to the gradients of parameters. Functions throw ShapeError where shapes do
// not fit.

#include <cstddef>

#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/tensor.hpp"

namespace nn {

// 4.1 A convolution by hand

/// A square window that walks over an image, around which `padding` pixels were laid on every side. Its upper left
/// corner starts in the upper left corner of what is padded and moves on by `stride` pixels.
struct Window {
  std::size_t kernel;       // pixels in its height, and in its width
  std::size_t stride = 1;   // from one place to the next
  std::size_t padding = 0;  // pixels on each of the four sides
};

/// At how many places the window fits on `size` pixels: (size + 2 padding - kernel) / stride + 1, where the division
/// drops the rest. Throws std::invalid_argument if kernel or stride is 0, ShapeError if the kernel is larger than the
/// padded image.
std::size_t output_size(std::size_t size, const Window& window);

/// image: (height, width), kernel: (k, k) -> y: (output_size(height), output_size(width)) of a window of that kernel:
/// y(p, q) = sum over i, j of kernel(i, j) padded(p stride + i, q stride + j), where `padded` is the image with zeros
/// around it. The kernel is not turned round: mathematics calls this a cross-correlation (Goodfellow et al. 2016, eq.
/// 9.6). Throws ShapeError if the kernel is not square, and what output_size throws.
Matrix convolve(const Matrix& image, const Matrix& kernel, std::size_t stride, std::size_t padding);

// 4.2 and 4.3 The convolutional layer

/// y = convolution of x plus a bias: y(n, o, p, q) = bias(o) + sum over c, i, j of weight(o, c, i, j)
/// padded x(n, c, p stride + i, q stride + j), padded with zeros. Computed in two ways that give the same numbers.
class Conv2d {
 public:
  struct Cache {
    Tensor4 x;  // (batch, in_channels, height, width)
  };
  /// Weights start normal with mean 0 and standard deviation sqrt(2 / (in_channels kernel^2)), drawn in storage order
  /// (He et al. 2015, eq. 10; he_normal of lab 03 draws them); biases at zero. Throws std::invalid_argument if the
  /// window's kernel or stride is 0.
  Conv2d(std::size_t in_channels, std::size_t out_channels, const Window& with, Random& random);

  /// 4.2 By loops. x: (batch, in_channels, height, width) -> y: (batch, out_channels, output_size(height),
  /// output_size(width)). Keeps x in the cache. Throws ShapeError if x has other channels or the kernel does not fit.
  Tensor4 forward_direct(const Tensor4& x, Cache& cache) const;

  /// 4.2 By loops. dy: the shape of y -> dx: the shape of x. Adds to weight.grad and bias.grad. Throws ShapeError if dy
  /// has not the shape of y.
  Tensor4 backward_direct(const Tensor4& dy, const Cache& cache);

  /// 4.3 The same as forward_direct and backward_direct, by one product of matrices for each image and each gradient:
  /// weight as (out_channels, in_channels kernel^2) times im2col of the image (Chellapilla, Puri and Simard 2006).
  Tensor4 forward(const Tensor4& x, Cache& cache) const;
  Tensor4 backward(const Tensor4& dy, const Cache& cache);

  ParameterList parameters() { return {{"weight", weight}, {"bias", bias}}; }

  Window window;
  Parameter<4> weight;  // (out_channels, in_channels, kernel, kernel)
  Parameter<1> bias;    // (out_channels)
};

/// What the window sees of image n of x: (batch, channels, height, width) -> columns: (channels kernel^2, places). The
/// column p output_size(width) + q holds what lies under the window at its place (p, q): channel after channel, in each
/// of them row after row; pixels of the padding are 0.
Matrix im2col(const Tensor4& x, std::size_t n, const Window& window);

/// The way back: adds every number of columns: (channels kernel^2, places) to the pixel of image n of dx: (batch,
/// channels, height, width) that im2col takes it from; what stands for padding is dropped. Throws ShapeError if columns
/// has not the shape that im2col gives.
void col2im(const Matrix& columns, const Window& window, Tensor4& dx, std::size_t n);

}  // namespace nn
