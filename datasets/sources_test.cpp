#include "datasets/sources.hpp"

#include <doctest/doctest.h>
#include <stdexcept>

#include "datasets/digits.hpp"

namespace nn {
namespace {

TEST_CASE("source digits draws as many as asked, the same for a seed, and other images to test on") {
  const ImageSets sets = load_image_sets("digits", 5, 3, 7);
  CHECK(sets.train.labels.size() == 5);
  CHECK(sets.test.pixels.shape(0) == 3);
  CHECK(load_image_sets("digits", 5, 3, 7).train.pixels == sets.train.pixels);
  CHECK(first_images(load_image_sets("digits", 3, 3, 7).train, 3).pixels != sets.test.pixels);
}

TEST_CASE("a source that does not exist is refused") {
  CHECK_THROWS_AS(load_image_sets("letters", 5, 3, 7), std::invalid_argument);
}

TEST_CASE("first_images takes the first ones, or all if there are fewer") {
  Random random(1);
  const Images images = draw_digits(4, random);
  const Images two = first_images(images, 2);
  REQUIRE(two.pixels.shape(0) == 2);
  CHECK(two.labels(1) == images.labels(1));
  CHECK(two.pixels == Matrix(xt::view(images.pixels, xt::range(0, 2), xt::all())));
  CHECK(first_images(images, 9).pixels == images.pixels);
}

}  // namespace
}  // namespace nn
