#include "datasets/augment.hpp"

#include <cmath>
#include <doctest/doctest.h>
#include <stdexcept>

#include "tensor/shape.hpp"

namespace {

using nn::Matrix;
using nn::Random;
using nn::Real;

/// An image with one black pixel.
Matrix dot(std::size_t r, std::size_t s) {
  Matrix pixels = nn::zeros({1, nn::image_size});
  pixels(0, r * nn::image_width + s) = 1;
  return pixels;
}

/// Where the ink of image n is, on average.
struct Middle {
  Middle(const Matrix& pixels, std::size_t n) {
    for (std::size_t i = 0; i < nn::image_size; ++i) {
      ink += pixels(n, i);
      row += pixels(n, i) * static_cast<Real>(i / nn::image_width);
      column += pixels(n, i) * static_cast<Real>(i % nn::image_width);
    }
    row /= ink;
    column /= ink;
  }
  Real ink = 0, row = 0, column = 0;
};

}  // namespace

TEST_CASE("shift_images moves to the right and down, and loses what leaves") {
  CHECK(nn::shift_images(dot(10, 12), 3, 5) == dot(15, 15));
  CHECK(nn::shift_images(dot(10, 12), -3, -5) == dot(5, 9));
  CHECK(nn::shift_images(dot(10, 12), 0, 0) == dot(10, 12));
  CHECK(nn::shift_images(dot(10, 26), 2, 0) == nn::zeros({1, nn::image_size}));
  CHECK(nn::shift_images(dot(1, 12), 0, -2) == nn::zeros({1, nn::image_size}));
}

TEST_CASE("augment_images without a bound above 0 changes nothing") {
  Random random(1);
  CHECK(nn::augment_images(dot(10, 12), {.shift = 0, .scale = 0}, random) == dot(10, 12));
}

TEST_CASE("augment_images moves within the bounds, differently for every image and the same for a seed") {
  Matrix pixels = nn::zeros({50, nn::image_size});
  for (std::size_t n = 0; n < 50; ++n) {
    pixels(n, 10 * nn::image_width + 12) = 1;
  }
  Random random(7), same(7);
  const Matrix moved = nn::augment_images(pixels, {.shift = 3, .scale = 0}, random);
  CHECK(moved == nn::augment_images(pixels, {.shift = 3, .scale = 0}, same));
  Real farthest = 0;
  for (std::size_t n = 0; n < 50; ++n) {
    const Middle middle(moved, n);
    CHECK(middle.ink == doctest::Approx(1));
    farthest = std::max({farthest, std::abs(middle.row - 10), std::abs(middle.column - 12)});
  }
  CHECK(farthest <= 3);
  CHECK(farthest > 2);
}

TEST_CASE("augment_images scales about the middle of the image") {
  Matrix pixels = nn::zeros({50, nn::image_size});
  for (std::size_t n = 0; n < 50; ++n) {
    for (std::size_t s = 4; s < 24; ++s) {
      pixels(n, 14 * nn::image_width + s) = 1;
    }
  }
  Random random(3);
  const Matrix scaled = nn::augment_images(pixels, {.shift = 0, .scale = Real(0.2)}, random);
  Real least = 1000, most = 0;
  for (std::size_t n = 0; n < 50; ++n) {
    Real length = 0;  // of the line, in the row where most of it is
    for (std::size_t r = 13; r < 16; ++r) {
      Real ink = 0;
      for (std::size_t s = 0; s < nn::image_width; ++s) {
        ink += scaled(n, r * nn::image_width + s) > Real(0.2) ? 1 : 0;
      }
      length = std::max(length, ink);
    }
    CHECK(std::abs(Middle(scaled, n).column - Real(13.5)) < Real(0.01));
    least = std::min(least, length);
    most = std::max(most, length);
  }
  CHECK(least < 18);
  CHECK(most > 22);
}

TEST_CASE("augment_images refuses bounds that make no sense, and other sizes") {
  Random random(1);
  CHECK_THROWS_AS(nn::augment_images(dot(1, 1), {.shift = 1, .scale = 1}, random), std::invalid_argument);
  CHECK_THROWS_AS(nn::augment_images(dot(1, 1), {.shift = -1, .scale = 0}, random), std::invalid_argument);
  CHECK_THROWS_AS(nn::augment_images(nn::zeros({1, 10}), {}, random), nn::ShapeError);
  CHECK_THROWS_AS(nn::shift_images(nn::zeros({1, 10}), 1, 1), nn::ShapeError);
}
