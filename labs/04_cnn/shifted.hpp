#pragma once

// Given, not graded: lab 02's MLP on digits that were moved, for the first and the last figure of the handout.

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "datasets/augment.hpp"
#include "datasets/images.hpp"
#include "plot/plot.hpp"
#include "train/accuracy.hpp"
#include "train/batches.hpp"

namespace nn {

/// pixels: (count, 784) -> the class of each.
using Predict = std::function<IdVector(const Matrix&)>;

/// The farthest that digits are moved, in pixels.
inline constexpr int farthest_shift = 6;

/// Every image moved by that many pixels: the first to the right, the second down, the third to the left, the fourth
/// up, and so on.
inline Matrix moved(const Matrix& pixels, int shift) {
  Matrix result = pixels;
  const Matrix ways[] = {shift_images(pixels, shift, 0), shift_images(pixels, 0, shift),
                         shift_images(pixels, -shift, 0), shift_images(pixels, 0, -shift)};
  for (std::size_t n = 0; n < pixels.shape(0); ++n) {
    std::ranges::copy(row(ways[n % 4], n), row(result, n).begin());
  }
  return result;
}

/// The accuracy in percent on images moved by 0, 1, ..., farthest_shift pixels.
inline std::vector<double> accuracy_by_shift(const Images& images, const Predict& predict) {
  std::vector<double> accuracies;
  for (int shift = 0; shift <= farthest_shift; ++shift) {
    accuracies.push_back(100 * accuracy(predict(moved(images.pixels, shift)), images.labels));
  }
  return accuracies;
}

/// The first 2, 4, 5 and 7, moved to the right by 0 to farthest_shift pixels, and what they are taken for.
inline ImageGrid moved_digits(const Images& images, const Predict& predict) {
  ImageGrid grid{.title = "moved to the right, and taken for", .columns = farthest_shift + 1};
  std::vector<std::size_t> rows;
  for (const Id digit : {2, 4, 5, 7}) {
    rows.push_back(static_cast<std::size_t>(std::ranges::find(images.labels, digit) - images.labels.begin()));
  }
  const Matrix some = gather_rows(images.pixels, rows);
  grid.images = zeros({rows.size() * grid.columns, image_size});
  for (int shift = 0; shift <= farthest_shift; ++shift) {
    const Matrix pixels = shift_images(some, shift, 0);
    for (std::size_t n = 0; n < rows.size(); ++n) {
      std::ranges::copy(row(pixels, n), row(grid.images, n * grid.columns + static_cast<std::size_t>(shift)).begin());
    }
  }
  for (const Id taken_for : predict(grid.images)) {
    grid.captions.push_back(std::to_string(taken_for));
  }
  return grid;
}

/// Lab 02's MLP with one hidden layer, trained as in its demo.
inline MLP trained_mlp(const Images& train, std::size_t epochs, std::uint64_t seed) {
  Random random(seed);
  MLP model({image_size, 128, 10}, random);
  Batches batches(train.labels.size(), 64, random);
  Real rate = Real(0.25);
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    train_epoch(model, train.pixels, train.labels, batches, rate);
    rate *= Real(0.85);
  }
  return model;
}

}  // namespace nn
