#pragma once

// Images that are a little different and show the same: more data for nothing, and a test of what a network understood.

#include "datasets/images.hpp"
#include "tensor/random.hpp"
#include "tensor/tensor.hpp"

namespace nn {

/// Every image of pixels: (count, 784) moved by whole pixels, to the right and down, or the other way where these are
/// negative. What leaves the image is lost; what enters it is paper. -> (count, 784).
Matrix shift_images(const Matrix& pixels, int right, int down);

/// How far an image may be changed.
struct Augmentation {
  Real shift = 2;          // pixels, in each of the two directions
  Real scale = Real(0.1);  // share of its size, larger or smaller
};

/// Every image of pixels: (count, 784) moved by fractions of a pixel and scaled about its middle, each uniform within
/// the bounds; numbers between the pixels are bilinear, what lies outside is paper. Draws, for each image in turn, the
/// way to the right, the way down and the scale: the same seed makes the same changes. -> (count, 784). Throws
/// std::invalid_argument unless 0 <= scale < 1 and shift >= 0.
Matrix augment_images(const Matrix& pixels, const Augmentation& most, Random& random);

}  // namespace nn
