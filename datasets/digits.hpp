#pragma once

#include <cstddef>

#include "datasets/images.hpp"
#include "tensor/random.hpp"

namespace nn {

/// Draws one image for each label: a pen follows the strokes of one of our shapes of that digit, with a random slant,
/// size, rotation, position, thickness and unsteadiness, and the picture is a little blurred and noisy. labels:
/// (count), digits 0-9 -> (count, 784), values in [0, 1] that are multiples of 1/255. The same seed gives the same
/// images on every platform. Throws IdError if a label is above 9.
Matrix draw_digits_of(const IdVector& labels, Random& random);

/// Draws `count` labels, every digit equally likely, then their images with draw_digits_of.
Images draw_digits(std::size_t count, Random& random);

}  // namespace nn
