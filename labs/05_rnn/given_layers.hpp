#pragma once

// Networks whose parameters are given, for the tests of this lab.

#include <cmath>
#include <string>

#include "05_rnn/character_model.hpp"
#include "testing/testing.hpp"

namespace nn {

/// Gives the cell weights and biases, so that it does not matter how it was initialised; gradients are zero.
inline void give_parameters(RNNCell& cell, const std::string& prefix = "") {
  const auto [input_size, hidden_size] = cell.weight_ih.value.shape();
  const auto deviation = [](std::size_t count) { return 1 / std::sqrt(static_cast<Real>(count)); };
  cell.weight_ih.value = given(prefix + "weight_ih", normal({input_size, hidden_size}, 0, deviation(input_size)));
  cell.weight_hh.value = given(prefix + "weight_hh", normal({hidden_size, hidden_size}, 0, deviation(hidden_size)));
  cell.bias.value = given(prefix + "bias", normal({hidden_size}, 0, Real(0.5)));
  zero_grad(cell.parameters());
}

/// A cell with space for parameters of these sizes; RNNCell itself would draw them.
inline RNNCell given_cell(std::size_t input_size, std::size_t hidden_size, const std::string& prefix = "") {
  Random random = given_random(prefix + "random");
  RNNCell cell(input_size, hidden_size, random);
  give_parameters(cell, prefix);
  return cell;
}

inline RNN given_rnn(std::size_t input_size, std::size_t hidden_size) {
  Random random = given_random("random");
  RNN rnn(input_size, hidden_size, random);
  give_parameters(rnn.cell);
  return rnn;
}

inline BidirectionalRNN given_bidirectional(std::size_t input_size, std::size_t hidden_size) {
  Random random = given_random("random");
  BidirectionalRNN rnn(input_size, hidden_size, random);
  give_parameters(rnn.forward_rnn.cell, "forward.");
  give_parameters(rnn.backward_rnn.cell, "backward.");
  return rnn;
}

inline CharacterModel given_model(std::size_t vocab_size, std::size_t hidden_size, Real deviation = 1) {
  Random random = given_random("random");
  CharacterModel model(vocab_size, hidden_size, random);
  give_parameters(model.rnn.cell);
  model.output.weight.value = given("output.weight", normal({hidden_size, vocab_size}, 0, deviation));
  model.output.bias.value = given("output.bias", normal({vocab_size}, 0, deviation));
  model.output.weight.grad.fill(0);
  model.output.bias.grad.fill(0);
  return model;
}

/// Observes the gradients of a cell, sums over `terms` rows.
inline void observe_gradients(const RNNCell& cell, std::size_t terms, const std::string& suffix = "") {
  observe("dweight_ih" + suffix, cell.weight_ih.grad, close(terms));
  observe("dweight_hh" + suffix, cell.weight_hh.grad, close(terms));
  observe("dbias" + suffix, cell.bias.grad, close(terms));
}

/// CHECKs the gradients of a cell, which is used in loss().
inline void check_gradients(const std::function<Real()>& loss, RNNCell& cell) {
  CHECK_MESSAGE(check_gradient(loss, values(cell.weight_ih.value), values(cell.weight_ih.grad)),
                "weight_ih.grad is the gradient of the loss with respect to weight_ih");
  CHECK_MESSAGE(check_gradient(loss, values(cell.weight_hh.value), values(cell.weight_hh.grad)),
                "weight_hh.grad is the gradient of the loss with respect to weight_hh");
  CHECK_MESSAGE(check_gradient(loss, values(cell.bias.value), values(cell.bias.grad)),
                "bias.grad is the gradient of the loss with respect to bias");
}

}  // namespace nn
