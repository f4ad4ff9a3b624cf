#include "04_cnn/convolution.hpp"

#include <algorithm>
#include <stdexcept>

#include "03_optimizers/optimizers.hpp"
#include "blas/matmul.hpp"
#include "nn/not_implemented.hpp"
#include "tensor/reshape.hpp"
#include "tensor/shape.hpp"
#include "tensor/sums.hpp"

// Replace each not_implemented() by your code; convolution.hpp says what it must do. Once all is written, delete the
// next line: then the compiler tells you of every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 4.1 A convolution by hand

std::size_t output_size(std::size_t size, const Window& window) {
  // Refuse a kernel or a stride of 0
  // Refuse a kernel that does not fit (sizes have no sign: compare before you subtract)
  // Count the places
  not_implemented();
}

Matrix convolve(const Matrix& image, const Matrix& kernel, std::size_t stride, std::size_t padding) {
  // Check that the kernel is square
  // Make a y of zeros, as large as output_size says
  // For each place (p, q) and each (i, j) of the kernel: which pixel lies below? If it is on the image, add the product
  not_implemented();
}

// 4.2 The convolutional layer, by loops

Conv2d::Conv2d(std::size_t in_channels, std::size_t out_channels, const Window& with, Random& random)
    : window(with), weight({out_channels, in_channels, with.kernel, with.kernel}), bias({out_channels}) {
  // Refuse a kernel or a stride of 0
  // Weight and bias are zero now. Let he_normal (lab 03) fill a matrix of (in_channels kernel^2, out_channels), and
  // copy its numbers in their order
  not_implemented();
}

Tensor4 Conv2d::forward_direct(const Tensor4& x, Cache& cache) const {
  // Check the channels of x
  // Keep what backward will need
  // Every number of y begins as the bias of its channel
  // For each image, out_channel and in_channel: the loops of convolve
  not_implemented();
}

Tensor4 Conv2d::backward_direct(const Tensor4& dy, const Cache& cache) {
  // Check the shape of dy
  // Add to the gradient of the bias
  // For the same places as in forward, add to the gradients of the weight and of x
  not_implemented();
}

// 4.3 The same layer as products of matrices

Matrix im2col(const Tensor4& x, std::size_t n, const Window& window) {
  // Make columns of zeros: the padding is done
  // Copy every pixel of image n to all the places that see it
  not_implemented();
}

void col2im(const Matrix& columns, const Window& window, Tensor4& dx, std::size_t n) {
  // Check the shape of columns
  // Walk as im2col does, and add
  not_implemented();
}

Tensor4 Conv2d::forward(const Tensor4& x, Cache& cache) const {
  // Check, keep and begin as forward_direct does
  // For each image: add the product of the weights and its columns. block(weight.value) is the weight as a matrix,
  // block(y, n) image n of y; gemm (blas/gemm.hpp) adds with beta = 1
  not_implemented();
}

Tensor4 Conv2d::backward(const Tensor4& dy, const Cache& cache) {
  // Check, and add to the gradient of the bias, as backward_direct does
  // For each image: add to the gradient of the weight; make the gradient of the columns, and bring it back to pixels
  not_implemented();
}

}  // namespace nn
