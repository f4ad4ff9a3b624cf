#include "datasets/digits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <doctest/doctest.h>

#include "datasets/digit_shapes.hpp"
#include "tensor/shape.hpp"

namespace nn {
namespace {

/// `count` images of each digit, in order of the digits.
Images sorted_digits(std::size_t count, std::uint64_t seed) {
  IdVector labels = IdVector::from_shape({10 * count});
  for (std::size_t i = 0; i < labels.size(); ++i) {
    labels(i) = i / count;
  }
  Random random(seed);
  return {draw_digits_of(labels, random), labels};
}

Real squared_distance(std::span<const Real> a, std::span<const Real> b) {
  Real sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  }
  return sum;
}

TEST_CASE("the same seed draws the same digits and another seed draws others") {
  Random first(3);
  Random second(3);
  Random other(4);
  const Images a = draw_digits(50, first);
  const Images b = draw_digits(50, second);
  CHECK(a.pixels == b.pixels);
  CHECK(a.labels == b.labels);
  CHECK(a.pixels != draw_digits(50, other).pixels);
}

TEST_CASE("draw_digits draws the labels and then their images") {
  Random first(5);
  Random second(5);
  const Images images = draw_digits(20, first);
  for (Id label : images.labels) {
    CHECK(label == second.below(10));
  }
  CHECK(images.pixels == draw_digits_of(images.labels, second));
}

TEST_CASE("pixels are multiples of 1/255 from 0 to 1") {
  Random random(1);
  const Images images = draw_digits(20, random);
  CHECK(images.pixels.shape(0) == 20);
  CHECK(images.pixels.shape(1) == image_size);
  for (Real pixel : images.pixels) {
    const double grey = std::round(static_cast<double>(pixel) * 255);
    REQUIRE(grey >= 0);
    REQUIRE(grey <= 255);
    REQUIRE(pixel == static_cast<Real>(grey / 255));
  }
}

TEST_CASE("the drawings of a seed are the same on every platform and in every build") {
  // Float and double may round single pixels to neighbouring greys, which these sums hardly feel
  Random random(2024);
  const Images images = draw_digits(100, random);
  double ink = 0;
  double moment = 0;
  double place = 0;
  for (Real pixel : images.pixels) {
    ink += static_cast<double>(pixel);
    moment += static_cast<double>(pixel) * ++place;
  }
  CHECK(ink == doctest::Approx(9814.059).epsilon(1e-5));
  CHECK(moment / ink == doctest::Approx(38296.965).epsilon(1e-5));
}

TEST_CASE("every digit appears about equally often") {
  Random random(6);
  const Images images = draw_digits(5000, random);
  std::array<int, 10> counts{};
  for (Id label : images.labels) {
    ++counts.at(label);
  }
  for (int count : counts) {
    CHECK(count > 400);
    CHECK(count < 600);
  }
}

TEST_CASE("every image shows ink on paper and hardly touches the top and the bottom") {
  const Images images = sorted_digits(50, 7);
  for (std::size_t i = 0; i < images.labels.size(); ++i) {
    const auto pixels = row(images.pixels, i);
    const auto dark = std::count_if(pixels.begin(), pixels.end(), [](Real grey) { return grey > Real{0.5}; });
    CHECK(dark > 15);
    CHECK(dark < 300);
    for (const auto edge : {pixels.first(image_width), pixels.last(image_width)}) {
      CHECK(std::count_if(edge.begin(), edge.end(), [](Real grey) { return grey > Real{0.5}; }) < 8);
    }
  }
}

TEST_CASE("no two drawings of a digit are equal and the nearest drawing mostly shows the same digit") {
  const Images known = sorted_digits(100, 8);
  const Images fresh = sorted_digits(10, 9);
  int right = 0;
  for (std::size_t i = 0; i < fresh.labels.size(); ++i) {
    std::size_t nearest = 0;
    Real least = image_size;
    for (std::size_t k = 0; k < known.labels.size(); ++k) {
      const Real distance = squared_distance(row(fresh.pixels, i), row(known.pixels, k));
      if (distance < least) {
        least = distance;
        nearest = k;
      }
    }
    CHECK(least > 0);
    right += known.labels(nearest) == fresh.labels(i) ? 1 : 0;
  }
  CHECK(right >= 80);
}

TEST_CASE("a label above 9 is refused") {
  Random random(1);
  CHECK_THROWS_AS(draw_digits_of(IdVector{3, 10}, random), IdError);
}

TEST_CASE("no labels give no images") {
  Random random(1);
  CHECK(draw_digits(0, random).pixels.shape(0) == 0);
}

TEST_CASE("every shape stays in the unit square and every digit has two or more") {
  for (std::size_t digit = 0; digit < 10; ++digit) {
    CHECK(digit_shapes(digit).size() >= 2);
    for (const DigitShape& shape : digit_shapes(digit)) {
      for (const Stroke& stroke : shape) {
        CHECK(stroke.size() >= 2);
        for (const Point& point : stroke) {
          CHECK(std::min(point.x, point.y) >= 0);
          CHECK(std::max(point.x, point.y) <= 1);
        }
      }
    }
  }
}

}  // namespace
}  // namespace nn
