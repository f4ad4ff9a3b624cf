#include "04_cnn/convolution.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "03_optimizers/optimizers.hpp"
#include "blas/matmul.hpp"
#include "tensor/reshape.hpp"
#include "tensor/shape.hpp"
#include "tensor/sums.hpp"

namespace nn {

namespace {

/// Calls visit(p, q, i, j, r, s) for every place (p, q) of the window, every number (i, j) of its kernel and the pixel
/// (r, s) below it, if there is one: the padding has no pixels. Row after row, in the window as in the image.
template <class Visit>
void for_each_pixel(std::size_t height, std::size_t width, const Window& window, const Visit& visit) {
  const std::size_t rows = output_size(height, window);
  const std::size_t columns = output_size(width, window);
  for (std::size_t p = 0; p < rows; ++p) {
    for (std::size_t q = 0; q < columns; ++q) {
      for (std::size_t i = 0; i < window.kernel; ++i) {
        for (std::size_t j = 0; j < window.kernel; ++j) {
          // Above and left of the image these would be negative: as numbers without a sign they are huge
          const std::size_t r = p * window.stride + i - window.padding;
          const std::size_t s = q * window.stride + j - window.padding;
          if (r < height && s < width) {
            visit(p, q, i, j, r, s);
          }
        }
      }
    }
  }
}

}  // namespace

// 4.1 A convolution by hand

std::size_t output_size(std::size_t size, const Window& window) {
  if (window.kernel == 0 || window.stride == 0) {
    throw std::invalid_argument("output_size: kernel and stride must be at least 1");
  }
  const std::size_t padded = size + 2 * window.padding;
  if (window.kernel > padded) {
    throw ShapeError("output_size: a kernel of " + std::to_string(window.kernel) + " does not fit on " +
                     std::to_string(padded) + " pixels, padding included");
  }
  return (padded - window.kernel) / window.stride + 1;
}

Matrix convolve(const Matrix& image, const Matrix& kernel, std::size_t stride, std::size_t padding) {
  check_shape("convolve", "kernel", kernel, {any, kernel.shape(0)});
  const Window window{kernel.shape(0), stride, padding};
  const auto [height, width] = image.shape();
  Matrix y = zeros({output_size(height, window), output_size(width, window)});
  for_each_pixel(height, width, window,
                 [&](auto p, auto q, auto i, auto j, auto r, auto s) { y(p, q) += kernel(i, j) * image(r, s); });
  return y;
}

// 4.2 The convolutional layer, by loops

namespace {

/// A result of forward for x, in which every number is the bias of its channel.
Tensor4 bias_for(const Tensor4& x, const Conv2d& layer) {
  check_shape("Conv2d::forward", "x", x, {any, layer.weight.value.shape(1), any, any});
  const std::size_t height = output_size(x.shape(2), layer.window);
  const std::size_t width = output_size(x.shape(3), layer.window);
  Tensor4 y({x.shape(0), layer.bias.value.size(), height, width});
  for (std::size_t n = 0; n < y.shape(0); ++n) {
    for (std::size_t o = 0; o < y.shape(1); ++o) {
      std::ranges::fill(channel(y, n, o), layer.bias.value(o));
    }
  }
  return y;
}

void add_bias_gradient(const Tensor4& dy, const Tensor4& x, Conv2d& layer) {
  check_shape("Conv2d::backward", "dy", dy,
              {x.shape(0), layer.bias.value.size(), output_size(x.shape(2), layer.window),
               output_size(x.shape(3), layer.window)});
  for (std::size_t n = 0; n < dy.shape(0); ++n) {
    for (std::size_t o = 0; o < dy.shape(1); ++o) {
      layer.bias.grad(o) += sum_of(channel(dy, n, o));
    }
  }
}

}  // namespace

Conv2d::Conv2d(std::size_t in_channels, std::size_t out_channels, const Window& with, Random& random)
    : window(with), weight({out_channels, in_channels, with.kernel, with.kernel}), bias({out_channels}) {
  output_size(with.kernel, with);  // refuses a window of no size or that does not move
  Matrix start = zeros({in_channels * with.kernel * with.kernel, out_channels});
  he_normal(start, random);
  std::ranges::copy(values(start), weight.value.begin());
}

Tensor4 Conv2d::forward_direct(const Tensor4& x, Cache& cache) const {
  Tensor4 y = bias_for(x, *this);
  cache.x = x;
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    for (std::size_t o = 0; o < y.shape(1); ++o) {
      for (std::size_t c = 0; c < x.shape(1); ++c) {
        for_each_pixel(x.shape(2), x.shape(3), window, [&](auto p, auto q, auto i, auto j, auto r, auto s) {
          y(n, o, p, q) += weight.value(o, c, i, j) * x(n, c, r, s);
        });
      }
    }
  }
  return y;
}

Tensor4 Conv2d::backward_direct(const Tensor4& dy, const Cache& cache) {
  const Tensor4& x = cache.x;
  add_bias_gradient(dy, x, *this);

  // Every product weight * x that went into y sends dy x back to the weight, and dy weight to x
  Tensor4 dx = zeros({x.shape(0), x.shape(1), x.shape(2), x.shape(3)});
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    for (std::size_t o = 0; o < dy.shape(1); ++o) {
      for (std::size_t c = 0; c < x.shape(1); ++c) {
        for_each_pixel(x.shape(2), x.shape(3), window, [&](auto p, auto q, auto i, auto j, auto r, auto s) {
          weight.grad(o, c, i, j) += dy(n, o, p, q) * x(n, c, r, s);
          dx(n, c, r, s) += dy(n, o, p, q) * weight.value(o, c, i, j);
        });
      }
    }
  }
  return dx;
}

// 4.3 The same layer as products of matrices

namespace {

/// Calls visit(k, place, pixel, count) for each row k of im2col's columns and each run of places: the numbers `place`,
/// `place` + 1, ... of row k, `count` of them, are the pixels `pixel`, `pixel` + stride, ... of the image.
template <class Visit>
void for_each_run(std::size_t channels, std::size_t height, std::size_t width, const Window& window,
                  const Visit& visit) {
  const auto [kernel, stride, padding] = window;
  const std::size_t rows = output_size(height, window);
  const std::size_t columns = output_size(width, window);

  // The first place of `count` in a line, and the one after the last, at which number i of the kernel lies on the image
  const auto places_on_image = [&window](std::size_t i, std::size_t size, std::size_t count) {
    const auto before = [&](std::size_t s) { return s > i ? (s - i + window.stride - 1) / window.stride : 0; };
    const std::size_t last = std::min(before(window.padding + size), count);
    return std::pair(std::min(before(window.padding), last), last);
  };
  for (std::size_t k = 0; k < channels * kernel * kernel; ++k) {
    const std::size_t c = k / (kernel * kernel), i = k / kernel % kernel, j = k % kernel;
    const auto [top, bottom] = places_on_image(i, height, rows);
    const auto [first, last] = places_on_image(j, width, columns);
    const std::size_t pixel = (c * height + top * stride + i - padding) * width + first * stride + j - padding;
    if (stride == 1 && last - first == width && columns == width) {
      // Whole rows lie one after the other in both
      visit(k, top * columns, pixel, (bottom - top) * width);
    } else if (first < last) {
      for (std::size_t p = top; p < bottom; ++p) {
        visit(k, p * columns + first, pixel + (p - top) * stride * width, last - first);
      }
    }
  }
}

/// Calls work(q, q * stride) for q = 0, 1, ... Where the stride is 1, the processor takes several numbers at once.
template <class Work>
void for_each_number(std::size_t count, std::size_t stride, const Work& work) {
  if (stride == 1) {
#pragma omp simd
    for (std::size_t q = 0; q < count; ++q) {
      work(q, q);
    }
  } else {
    for (std::size_t q = 0; q < count; ++q) {
      work(q, q * stride);
    }
  }
}

}  // namespace

Matrix im2col(const Tensor4& x, std::size_t n, const Window& window) {
  const auto [batch, channels, height, width] = x.shape();
  const std::size_t places = output_size(height, window) * output_size(width, window);
  Matrix columns = zeros({channels * window.kernel * window.kernel, places});
  const Real* image = block(x, n).data;
  for_each_run(channels, height, width, window, [&](auto k, auto place, auto pixel, auto count) {
    Real* column = columns.data() + k * places + place;
    for_each_number(count, window.stride, [&](auto q, auto s) { column[q] = image[pixel + s]; });
  });
  return columns;
}

void col2im(const Matrix& columns, const Window& window, Tensor4& dx, std::size_t n) {
  const auto [batch, channels, height, width] = dx.shape();
  const std::size_t places = output_size(height, window) * output_size(width, window);
  check_shape("col2im", "columns", columns, {channels * window.kernel * window.kernel, places});
  Real* image = block(dx, n).data;
  for_each_run(channels, height, width, window, [&](auto k, auto place, auto pixel, auto count) {
    const Real* column = columns.data() + k * places + place;
    for_each_number(count, window.stride, [&](auto q, auto s) { image[pixel + s] += column[q]; });
  });
}

Tensor4 Conv2d::forward(const Tensor4& x, Cache& cache) const {
  Tensor4 y = bias_for(x, *this);
  cache.x = x;
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    const Matrix columns = im2col(x, n, window);
    gemm(Transpose::no, block(weight.value), Transpose::no, block(columns), block(y, n), 1, 1);
  }
  return y;
}

Tensor4 Conv2d::backward(const Tensor4& dy, const Cache& cache) {
  const Tensor4& x = cache.x;
  add_bias_gradient(dy, x, *this);

  // For each image y = W columns + b: dW += dy columns^T, dcolumns = W^T dy
  Tensor4 dx = zeros({x.shape(0), x.shape(1), x.shape(2), x.shape(3)});
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    Matrix columns = im2col(x, n, window);
    gemm(Transpose::no, block(dy, n), Transpose::yes, block(columns), block(weight.grad), 1, 1);
    gemm(Transpose::yes, block(weight.value), Transpose::no, block(dy, n), block(columns));
    col2im(columns, window, dx, n);
  }
  return dx;
}

}  // namespace nn
