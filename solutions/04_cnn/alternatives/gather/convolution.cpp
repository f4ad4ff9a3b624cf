#include "04_cnn/convolution.hpp"

#include <cmath>
#include <stdexcept>

#include "tensor/shape.hpp"

// Tasks 4.1 to 4.3 once more, in the plainest loops: every number of a result is computed by itself and asks for all
// that goes into it.

namespace nn {

namespace {

/// Pixel (r, s) of the padded channel c of image n.
Real padded(const Tensor4& x, std::size_t n, std::size_t c, std::size_t r, std::size_t s, std::size_t padding) {
  const bool inside = r >= padding && s >= padding && r - padding < x.shape(2) && s - padding < x.shape(3);
  return inside ? x(n, c, r - padding, s - padding) : Real{0};
}

}  // namespace

std::size_t output_size(std::size_t size, const Window& window) {
  if (window.kernel < 1 || window.stride < 1) {
    throw std::invalid_argument("a window needs a kernel and a stride");
  }
  // Count the places one by one
  std::size_t places = 0;
  for (std::size_t first = 0; first + window.kernel <= size + 2 * window.padding; first += window.stride) {
    ++places;
  }
  if (places == 0) {
    throw ShapeError("the kernel does not fit on the image");
  }
  return places;
}

Matrix convolve(const Matrix& image, const Matrix& kernel, std::size_t stride, std::size_t padding) {
  if (kernel.shape(0) != kernel.shape(1)) {
    throw ShapeError("the kernel is not square");
  }
  Tensor4 x = zeros({1, 1, image.shape(0), image.shape(1)});
  std::copy(image.begin(), image.end(), x.begin());
  const Window window{kernel.shape(0), stride, padding};
  Matrix y = zeros({output_size(image.shape(0), window), output_size(image.shape(1), window)});
  for (std::size_t p = 0; p < y.shape(0); ++p) {
    for (std::size_t q = 0; q < y.shape(1); ++q) {
      for (std::size_t t = 0; t < kernel.size(); ++t) {
        const std::size_t i = t / kernel.shape(0), j = t % kernel.shape(0);
        y(p, q) += kernel(i, j) * padded(x, 0, 0, p * stride + i, q * stride + j, padding);
      }
    }
  }
  return y;
}

Conv2d::Conv2d(std::size_t in_channels, std::size_t out_channels, const Window& with, Random& random)
    : window(with), weight({out_channels, in_channels, with.kernel, with.kernel}), bias({out_channels}) {
  if (with.kernel < 1 || with.stride < 1) {
    throw std::invalid_argument("a window needs a kernel and a stride");
  }
  for (Real& number : values(weight.value)) {
    number = random.normal() * std::sqrt(2 / static_cast<Real>(in_channels * with.kernel * with.kernel));
  }
}

Tensor4 Conv2d::forward_direct(const Tensor4& x, Cache& cache) const {
  if (x.shape(1) != weight.value.shape(1)) {
    throw ShapeError("x has other channels than the layer");
  }
  cache.x = x;
  Tensor4 y =
      zeros({x.shape(0), weight.value.shape(0), output_size(x.shape(2), window), output_size(x.shape(3), window)});
  const std::size_t k = window.kernel;
  for (std::size_t a = 0; a < y.size(); ++a) {
    // Read the four indices off the position
    const std::size_t q = a % y.shape(3), p = a / y.shape(3) % y.shape(2);
    const std::size_t o = a / (y.shape(2) * y.shape(3)) % y.shape(1), n = a / (y.shape(1) * y.shape(2) * y.shape(3));
    for (std::size_t t = 0; t < x.shape(1) * k * k; ++t) {
      const std::size_t c = t / (k * k), i = t / k % k, j = t % k;
      y(n, o, p, q) +=
          weight.value(o, c, i, j) * padded(x, n, c, p * window.stride + i, q * window.stride + j, window.padding);
    }
    y(n, o, p, q) += bias.value(o);
  }
  return y;
}

Tensor4 Conv2d::backward_direct(const Tensor4& dy, const Cache& cache) {
  const Tensor4& x = cache.x;
  check_shape("backward", "dy", dy,
              {x.shape(0), weight.value.shape(0), output_size(x.shape(2), window), output_size(x.shape(3), window)});
  const std::size_t k = window.kernel;

  // Every weight asks the places, every pixel the windows that reach it
  for (std::size_t n = 0; n < dy.shape(0); ++n) {
    for (std::size_t o = 0; o < dy.shape(1); ++o) {
      for (std::size_t a = 0; a < dy.shape(2) * dy.shape(3); ++a) {
        const std::size_t p = a / dy.shape(3), q = a % dy.shape(3);
        bias.grad(o) += dy(n, o, p, q);
        for (std::size_t t = 0; t < x.shape(1) * k * k; ++t) {
          const std::size_t c = t / (k * k), i = t / k % k, j = t % k;
          weight.grad(o, c, i, j) +=
              dy(n, o, p, q) * padded(x, n, c, p * window.stride + i, q * window.stride + j, window.padding);
        }
      }
    }
  }
  Tensor4 dx = zeros({x.shape(0), x.shape(1), x.shape(2), x.shape(3)});
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    for (std::size_t c = 0; c < x.shape(1); ++c) {
      for (std::size_t r = 0; r < x.shape(2); ++r) {
        for (std::size_t s = 0; s < x.shape(3); ++s) {
          for (std::size_t a = 0; a < dy.shape(2) * dy.shape(3); ++a) {
            const std::size_t top = a / dy.shape(3) * window.stride, left = a % dy.shape(3) * window.stride;
            const std::size_t i = r + window.padding - top, j = s + window.padding - left;  // huge if negative
            for (std::size_t o = 0; i < k && j < k && o < dy.shape(1); ++o) {
              dx(n, c, r, s) += dy(n, o, a / dy.shape(3), a % dy.shape(3)) * weight.value(o, c, i, j);
            }
          }
        }
      }
    }
  }
  return dx;
}

Matrix im2col(const Tensor4& x, std::size_t n, const Window& window) {
  const std::size_t k = window.kernel, across = output_size(x.shape(3), window);
  Matrix columns = zeros({x.shape(1) * k * k, output_size(x.shape(2), window) * across});
  for (std::size_t t = 0; t < columns.shape(0); ++t) {
    for (std::size_t a = 0; a < columns.shape(1); ++a) {
      columns(t, a) = padded(x, n, t / (k * k), a / across * window.stride + t / k % k,
                             a % across * window.stride + t % k, window.padding);
    }
  }
  return columns;
}

void col2im(const Matrix& columns, const Window& window, Tensor4& dx, std::size_t n) {
  const std::size_t k = window.kernel, across = output_size(dx.shape(3), window);
  check_shape("col2im", "columns", columns, {dx.shape(1) * k * k, output_size(dx.shape(2), window) * across});
  for (std::size_t t = 0; t < columns.shape(0); ++t) {
    for (std::size_t a = 0; a < columns.shape(1); ++a) {
      const std::size_t r = a / across * window.stride + t / k % k - window.padding;
      const std::size_t s = a % across * window.stride + t % k - window.padding;
      if (r < dx.shape(2) && s < dx.shape(3)) {
        dx(n, t / (k * k), r, s) += columns(t, a);
      }
    }
  }
}

Tensor4 Conv2d::forward(const Tensor4& x, Cache& cache) const {
  // Column after column, without a product of matrices
  if (x.shape(1) != weight.value.shape(1)) {
    throw ShapeError("x has other channels than the layer");
  }
  cache.x = x;
  Tensor4 y =
      zeros({x.shape(0), weight.value.shape(0), output_size(x.shape(2), window), output_size(x.shape(3), window)});
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    const Matrix columns = im2col(x, n, window);
    for (std::size_t o = 0; o < y.shape(1); ++o) {
      for (std::size_t a = 0; a < columns.shape(1); ++a) {
        Real sum = bias.value(o);
        for (std::size_t t = 0; t < columns.shape(0); ++t) {
          sum += values(weight.value)[o * columns.shape(0) + t] * columns(t, a);
        }
        y(n, o, a / y.shape(3), a % y.shape(3)) = sum;
      }
    }
  }
  return y;
}

Tensor4 Conv2d::backward(const Tensor4& dy, const Cache& cache) { return backward_direct(dy, cache); }

}  // namespace nn
