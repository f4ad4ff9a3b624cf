#pragma once

#include <cstddef>

#include "tensor/tensor.hpp"

namespace nn {

/// The size of every digit image, generated or from MNIST.
inline constexpr std::size_t image_height = 28;
inline constexpr std::size_t image_width = 28;
inline constexpr std::size_t image_size = image_height * image_width;

/// Labelled grey images. A row of pixels is an image, line by line from the top; 0 is paper, 1 is full ink.
struct Images {
  Matrix pixels;    // (count, 784), values in [0, 1] that are multiples of 1/255
  IdVector labels;  // (count), the digit 0-9 that the image shows
};

/// Images for training, and others for testing.
struct ImageSets {
  Images train;
  Images test;
};

/// The first `count` images, or all if there are fewer.
Images first_images(const Images& images, std::size_t count);

}  // namespace nn
