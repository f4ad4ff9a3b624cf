#include "04_cnn/convolution.hpp"

#include <array>
#include <stdexcept>

#include "03_optimizers/optimizers.hpp"
#include "blas/matmul.hpp"
#include "tensor/shape.hpp"

// Tasks 4.1 to 4.3 once more, with one product of matrices for the whole batch: all columns of all images side by side.
// The layer by loops is the layer by products here; images are padded before anything else.

namespace nn {

namespace {

/// x with zeros around every channel.
Tensor4 pad(const Tensor4& x, std::size_t padding) {
  Tensor4 y = zeros({x.shape(0), x.shape(1), x.shape(2) + 2 * padding, x.shape(3) + 2 * padding});
  xt::view(y, xt::all(), xt::all(), xt::range(padding, padding + x.shape(2)),
           xt::range(padding, padding + x.shape(3))) = x;
  return y;
}

/// The columns of all images side by side: (channels kernel^2, batch places).
Matrix all_columns(const Tensor4& x, const Window& window) {
  const Tensor4 wide = pad(x, window.padding);
  const std::size_t k = window.kernel;
  const std::size_t down = output_size(x.shape(2), window), across = output_size(x.shape(3), window);
  Matrix columns = zeros({x.shape(1) * k * k, x.shape(0) * down * across});
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    for (std::size_t p = 0; p < down; ++p) {
      for (std::size_t q = 0; q < across; ++q) {
        const Tensor3 seen = xt::view(wide, n, xt::all(), xt::range(p * window.stride, p * window.stride + k),
                                      xt::range(q * window.stride, q * window.stride + k));
        xt::view(columns, xt::all(), (n * down + p) * across + q) = xt::flatten(seen);
      }
    }
  }
  return columns;
}

/// (first, second, ...) -> (second, first, ...), which turns itself round.
Tensor4 exchange(const Tensor4& x) { return xt::transpose(x, {1, 0, 2, 3}); }

Matrix as_matrix(const Tensor4& weight) {
  return xt::reshape_view(weight, {weight.shape(0), weight.shape(1) * weight.shape(2) * weight.shape(3)});
}

Tensor4 forward_of(const Conv2d& layer, const Tensor4& x, Conv2d::Cache& cache) {
  check_shape("forward", "x", x, {any, layer.weight.value.shape(1), any, any});
  cache.x = x;
  const std::size_t down = output_size(x.shape(2), layer.window), across = output_size(x.shape(3), layer.window);
  const Matrix product = matmul(as_matrix(layer.weight.value), all_columns(x, layer.window));
  const std::array<std::size_t, 4> shape{layer.bias.value.size(), x.shape(0), down, across};
  Tensor4 y = exchange(Tensor4(xt::reshape_view(product, shape)));
  for (std::size_t o = 0; o < y.shape(1); ++o) {
    xt::view(y, xt::all(), o) += layer.bias.value(o);
  }
  return y;
}

Tensor4 backward_of(Conv2d& layer, const Tensor4& dy, const Conv2d::Cache& cache) {
  const Tensor4& x = cache.x;
  const std::size_t down = output_size(x.shape(2), layer.window), across = output_size(x.shape(3), layer.window);
  check_shape("backward", "dy", dy, {x.shape(0), layer.bias.value.size(), down, across});
  const std::size_t places = down * across;
  const Tensor4 turned = exchange(dy);
  const Matrix all_dy = xt::reshape_view(turned, {dy.shape(1), dy.shape(0) * places});
  const Matrix dweight = matmul_nt(all_dy, all_columns(x, layer.window));
  xt::noalias(layer.weight.grad) += xt::reshape_view(dweight, layer.weight.value.shape());
  xt::noalias(layer.bias.grad) += xt::sum(all_dy, {1});

  const Matrix dcolumns = matmul_tn(as_matrix(layer.weight.value), all_dy);
  Tensor4 dx = xt::zeros_like(x);
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    const Matrix own = xt::view(dcolumns, xt::all(), xt::range(n * places, (n + 1) * places));
    col2im(own, layer.window, dx, n);
  }
  return dx;
}

}  // namespace

std::size_t output_size(std::size_t size, const Window& window) {
  if (window.kernel * window.stride == 0) {
    throw std::invalid_argument("a window needs a kernel and a stride");
  }
  if (size + 2 * window.padding < window.kernel) {
    throw ShapeError("the kernel does not fit on the image");
  }
  return (size + 2 * window.padding - window.kernel + window.stride) / window.stride;
}

Matrix convolve(const Matrix& image, const Matrix& kernel, std::size_t stride, std::size_t padding) {
  check_shape("convolve", "kernel", kernel, {any, kernel.shape(0)});
  const Window window{kernel.shape(0), stride, padding};
  const Tensor4 x = xt::reshape_view(image, {std::size_t{1}, std::size_t{1}, image.shape(0), image.shape(1)});
  const Matrix flat = xt::reshape_view(kernel, {std::size_t{1}, kernel.size()});
  const Matrix product = matmul(flat, all_columns(x, window));
  return xt::reshape_view(product, {output_size(image.shape(0), window), output_size(image.shape(1), window)});
}

Conv2d::Conv2d(std::size_t in_channels, std::size_t out_channels, const Window& with, Random& random)
    : window(with), weight({out_channels, in_channels, with.kernel, with.kernel}), bias({out_channels}) {
  if (with.kernel * with.stride == 0) {
    throw std::invalid_argument("a window needs a kernel and a stride");
  }
  Matrix numbers = zeros({in_channels * with.kernel * with.kernel, out_channels});
  he_normal(numbers, random);
  weight.value = xt::reshape_view(numbers, weight.value.shape());
}

Matrix im2col(const Tensor4& x, std::size_t n, const Window& window) {
  const Tensor4 image = xt::view(x, xt::range(n, n + 1));
  return all_columns(image, window);
}

void col2im(const Matrix& columns, const Window& window, Tensor4& dx, std::size_t n) {
  const std::size_t k = window.kernel, channels = dx.shape(1);
  const std::size_t down = output_size(dx.shape(2), window), across = output_size(dx.shape(3), window);
  check_shape("col2im", "columns", columns, {channels * k * k, down * across});

  // Add to a padded image, then take the padding off
  Tensor3 wide = zeros({channels, dx.shape(2) + 2 * window.padding, dx.shape(3) + 2 * window.padding});
  for (std::size_t p = 0; p < down; ++p) {
    for (std::size_t q = 0; q < across; ++q) {
      const Vector column = xt::view(columns, xt::all(), p * across + q);
      xt::view(wide, xt::all(), xt::range(p * window.stride, p * window.stride + k),
               xt::range(q * window.stride, q * window.stride + k)) += xt::reshape_view(column, {channels, k, k});
    }
  }
  xt::view(dx, n) += xt::view(wide, xt::all(), xt::range(window.padding, window.padding + dx.shape(2)),
                              xt::range(window.padding, window.padding + dx.shape(3)));
}

Tensor4 Conv2d::forward_direct(const Tensor4& x, Cache& cache) const { return forward_of(*this, x, cache); }

Tensor4 Conv2d::backward_direct(const Tensor4& dy, const Cache& cache) { return backward_of(*this, dy, cache); }

Tensor4 Conv2d::forward(const Tensor4& x, Cache& cache) const { return forward_of(*this, x, cache); }

Tensor4 Conv2d::backward(const Tensor4& dy, const Cache& cache) { return backward_of(*this, dy, cache); }

}  // namespace nn
