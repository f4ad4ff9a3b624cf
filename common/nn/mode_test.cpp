#include "nn/mode.hpp"

#include <doctest/doctest.h>

TEST_CASE("Mode::train carries the generator itself") {
  nn::Random random(1), same(1);
  const nn::Mode mode = nn::Mode::train(random);
  CHECK(mode.is_training());
  CHECK(&mode.random() == &random);
  CHECK(mode.random().bits() == same.bits());
  CHECK(random.bits() == same.bits());
}

TEST_CASE("Mode::evaluate has no generator") {
  const nn::Mode mode = nn::Mode::evaluate();
  CHECK_FALSE(mode.is_training());
  CHECK_THROWS_AS(mode.random(), std::logic_error);
}
