#pragma once

// Layers whose parameters are given, for the tests of this lab.

#include <cmath>
#include <string>

#include "04_cnn/resnet.hpp"
#include "testing/testing.hpp"

namespace nn {

/// Gives the layer weights and biases, so that it does not matter how it was initialised; gradients are zero. Weights
/// are scaled so that results keep their size.
inline void give_parameters(Conv2d& layer, const std::string& prefix) {
  const auto [out_channels, in_channels, height, width] = layer.weight.value.shape();
  const Real deviation = std::sqrt(Real{2} / static_cast<Real>(in_channels * height * width));
  layer.weight.value = given(prefix + "weight", normal({out_channels, in_channels, height, width}, 0, deviation));
  layer.bias.value = given(prefix + "bias", normal({out_channels}));
  layer.weight.grad.fill(0);
  layer.bias.grad.fill(0);
}

inline void give_parameters(BatchNorm2d& layer, const std::string& prefix) {
  const std::size_t channels = layer.weight.value.size();
  layer.weight.value = given(prefix + "weight", uniform({channels}, Real{0.5}, 2));
  layer.bias.value = given(prefix + "bias", normal({channels}));
  layer.running_mean = given(prefix + "running_mean", normal({channels}));
  layer.running_var = given(prefix + "running_var", uniform({channels}, Real{0.5}, 2));
  layer.weight.grad.fill(0);
  layer.bias.grad.fill(0);
}

inline Conv2d given_conv(std::size_t in_channels, std::size_t out_channels, const Window& window,
                         const std::string& prefix = "") {
  Random random = given_random(prefix + "random");
  Conv2d layer(in_channels, out_channels, window, random);
  give_parameters(layer, prefix);
  return layer;
}

inline BatchNorm2d given_norm(std::size_t channels) {
  BatchNorm2d layer(channels);
  give_parameters(layer, "");
  return layer;
}

}  // namespace nn
