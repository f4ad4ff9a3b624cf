#pragma once

// Layers whose parameters are given, for the tests of this lab.

#include <cmath>
#include <string>
#include <vector>

#include "06_lstm/stack.hpp"
#include "testing/testing.hpp"

namespace nn {

/// Gives the cell weights and biases, so that it does not matter how it was initialised; gradients are zero. Weights
/// are scaled so that no gate is stuck at 0 or 1.
inline void give_parameters(LSTMCell& cell, const std::string& prefix) {
  const auto [input_size, columns] = cell.weight_ih.value.shape();
  const std::size_t hidden_size = columns / 4;
  const auto deviation = [](std::size_t terms) { return 1 / std::sqrt(static_cast<Real>(terms)); };
  cell.weight_ih.value = given(prefix + "weight_ih", normal({input_size, columns}, 0, deviation(input_size)));
  cell.weight_hh.value = given(prefix + "weight_hh", normal({hidden_size, columns}, 0, deviation(hidden_size)));
  cell.bias.value = given(prefix + "bias", normal({columns}));
  cell.weight_ih.grad.fill(0);
  cell.weight_hh.grad.fill(0);
  cell.bias.grad.fill(0);
}

inline LSTMCell given_cell(std::size_t input_size, std::size_t hidden_size) {
  Random random = given_random("random");
  LSTMCell cell(input_size, hidden_size, random);
  give_parameters(cell, "");
  return cell;
}

inline LSTM given_lstm(std::size_t input_size, std::size_t hidden_size) {
  Random random = given_random("random");
  LSTM lstm(input_size, hidden_size, random);
  give_parameters(lstm.cell, "");
  return lstm;
}

inline void give_parameters(StackedLSTM& stack) {
  for (std::size_t i = 0; i < stack.layers.size(); ++i) {
    give_parameters(stack.layers[i].cell, "layer" + std::to_string(i) + ".");
  }
}

/// A state, or the gradient of one: "NAME.h" and "NAME.c".
inline LSTMState given_state(const std::string& name, std::size_t batch, std::size_t hidden_size) {
  return {given(name + ".h", normal({batch, hidden_size})), given(name + ".c", normal({batch, hidden_size}))};
}

inline void observe_state(const std::string& name, const LSTMState& state, const wire::Matcher& matcher,
                          const SourceLocation& where = SourceLocation::current()) {
  observe(name + ".h", state.h, matcher, where);
  observe(name + ".c", state.c, matcher, where);
}

/// The loss that check_gradient needs of a state: its projection on dnext.
inline Real project(const LSTMState& next, const LSTMState& dnext) {
  return project(values(next.h), values(dnext.h)) + project(values(next.c), values(dnext.c));
}

}  // namespace nn
