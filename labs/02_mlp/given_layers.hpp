#pragma once

// Layers with given parameters, for mlp_test.cpp and network_test.cpp.

#include <string>

#include "02_mlp/mlp.hpp"
#include "testing/testing.hpp"

namespace nn {

/// Sets the layer's weights and biases to givens, so that its initial weights do not matter, and its gradients to zero.
inline void give_parameters(Linear& linear, const std::string& prefix) {
  const auto [in_features, out_features] = linear.weight.value.shape();
  linear.weight.value = given(prefix + "weight", normal({in_features, out_features}));
  linear.bias.value = given(prefix + "bias", normal({out_features}));
  linear.weight.grad.fill(0);
  linear.bias.grad.fill(0);
}

inline Linear given_linear(std::size_t in_features, std::size_t out_features, const std::string& prefix = "") {
  Random random = given_random(prefix + "random");
  Linear linear(in_features, out_features, random);
  give_parameters(linear, prefix);
  return linear;
}

}  // namespace nn
