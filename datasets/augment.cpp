#include "datasets/augment.hpp"

#include <cmath>
#include <stdexcept>

#include "tensor/shape.hpp"

namespace nn {

namespace {

constexpr int image_rows = static_cast<int>(image_height);
constexpr int image_columns = static_cast<int>(image_width);

/// Pixel (r, s) of an image, or paper where there is none.
Real pixel_at(std::span<const Real> image, int r, int s) {
  const bool inside = r >= 0 && r < image_rows && s >= 0 && s < image_columns;
  return inside ? image[static_cast<std::size_t>(r * image_columns + s)] : Real{0};
}

/// The image at (y, x), between the centres of four pixels.
Real between_pixels(std::span<const Real> image, Real y, Real x) {
  const Real top = std::floor(y), left = std::floor(x);
  const int r = static_cast<int>(top), s = static_cast<int>(left);
  const Real down = y - top, right = x - left;
  const Real above = (1 - right) * pixel_at(image, r, s) + right * pixel_at(image, r, s + 1);
  const Real below = (1 - right) * pixel_at(image, r + 1, s) + right * pixel_at(image, r + 1, s + 1);
  return (1 - down) * above + down * below;
}

}  // namespace

Matrix shift_images(const Matrix& pixels, int right, int down) {
  check_shape("shift_images", "pixels", pixels, {any, image_size});
  Matrix shifted = zeros({pixels.shape(0), image_size});
  for (std::size_t n = 0; n < pixels.shape(0); ++n) {
    for (std::size_t i = 0; i < image_size; ++i) {
      const int r = static_cast<int>(i) / image_columns - down, s = static_cast<int>(i) % image_columns - right;
      shifted(n, i) = pixel_at(row(pixels, n), r, s);
    }
  }
  return shifted;
}

Matrix augment_images(const Matrix& pixels, const Augmentation& most, Random& random) {
  check_shape("augment_images", "pixels", pixels, {any, image_size});
  if (!(most.scale >= 0 && most.scale < 1 && most.shift >= 0)) {
    throw std::invalid_argument("augment_images: needs 0 <= scale < 1 and shift >= 0");
  }
  const Real middle_y = static_cast<Real>(image_rows - 1) / 2, middle_x = static_cast<Real>(image_columns - 1) / 2;
  Matrix changed = zeros({pixels.shape(0), image_size});
  for (std::size_t n = 0; n < pixels.shape(0); ++n) {
    const Real right = random.uniform(-most.shift, most.shift);
    const Real down = random.uniform(-most.shift, most.shift);
    const Real scale = random.uniform(1 - most.scale, 1 + most.scale);

    // Ask for each pixel where it comes from
    for (std::size_t i = 0; i < image_size; ++i) {
      const Real y = static_cast<Real>(i / image_width) - middle_y - down;
      const Real x = static_cast<Real>(i % image_width) - middle_x - right;
      changed(n, i) = between_pixels(row(pixels, n), middle_y + y / scale, middle_x + x / scale);
    }
  }
  return changed;
}

}  // namespace nn
