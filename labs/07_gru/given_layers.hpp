#pragma once

// Networks whose parameters are given, for the tests of this lab.

#include <cmath>
#include <string>

#include "07_gru/seq2seq.hpp"
#include "testing/testing.hpp"

namespace nn {

/// Gives the cell weights and biases, so that it does not matter how it was initialised; gradients are zero. Weights
/// are scaled so that no gate is stuck at 0 or 1.
inline void give_parameters(GRUCell& cell, const std::string& prefix = "") {
  const auto [input_size, columns] = cell.weight_ih.value.shape();
  const std::size_t hidden_size = columns / 3;
  const auto deviation = [](std::size_t terms) { return Real(1.5) / std::sqrt(static_cast<Real>(terms)); };
  cell.weight_ih.value = given(prefix + "weight_ih", normal({input_size, columns}, 0, deviation(input_size)));
  cell.weight_hh.value = given(prefix + "weight_hh", normal({hidden_size, columns}, 0, deviation(hidden_size)));
  cell.bias.value = given(prefix + "bias", normal({columns}));
  zero_grad(cell.parameters());
}

inline GRUCell given_cell(std::size_t input_size, std::size_t hidden_size) {
  Random random = given_random("random");
  GRUCell cell(input_size, hidden_size, random);
  give_parameters(cell);
  return cell;
}

inline GRU given_gru(std::size_t input_size, std::size_t hidden_size) {
  Random random = given_random("random");
  GRU gru(input_size, hidden_size, random);
  give_parameters(gru.cell);
  return gru;
}

inline void give_parameters(Encoder& encoder, const std::string& prefix = "") {
  const auto [count, size] = encoder.table.weight.value.shape();
  encoder.table.weight.value = given(prefix + "table", normal({count, size}));
  encoder.table.weight.grad.fill(0);
  give_parameters(encoder.gru.cell, prefix);
}

inline void give_parameters(Decoder& decoder, const std::string& prefix = "") {
  const auto [count, size] = decoder.table.weight.value.shape();
  const std::size_t hidden_size = decoder.gru.cell.hidden_size();
  decoder.table.weight.value = given(prefix + "table", normal({count, size}));
  give_parameters(decoder.gru.cell, prefix);
  decoder.output.weight.value = given(prefix + "output.weight", normal({hidden_size, count}, 0, 2));
  decoder.output.bias.value = given(prefix + "output.bias", normal({count}, 0, Real(0.5)));
  zero_grad(decoder.parameters());
}

inline Encoder given_encoder(std::size_t vocab_size, std::size_t embedding_size, std::size_t hidden_size) {
  Random random = given_random("random");
  Encoder encoder(vocab_size, embedding_size, hidden_size, random);
  give_parameters(encoder);
  return encoder;
}

inline Decoder given_decoder(std::size_t vocab_size, std::size_t embedding_size, std::size_t hidden_size) {
  Random random = given_random("random");
  Decoder decoder(vocab_size, embedding_size, hidden_size, random);
  give_parameters(decoder);
  return decoder;
}

inline Seq2Seq given_model(const Seq2Seq::Options& options, const std::string& prefix = "") {
  Random random = given_random(prefix + "random");
  Seq2Seq model(options, random);
  model.reverse_source = options.reverse_source;
  give_parameters(model.encoder, prefix + "encoder.");
  give_parameters(model.decoder, prefix + "decoder.");
  return model;
}

/// Observes the gradients of a cell, sums over `terms` rows.
inline void observe_gradients(const GRUCell& cell, std::size_t terms, const std::string& prefix = "") {
  observe("d" + prefix + "weight_ih", cell.weight_ih.grad, close(terms));
  observe("d" + prefix + "weight_hh", cell.weight_hh.grad, close(terms));
  observe("d" + prefix + "bias", cell.bias.grad, close(terms));
}

/// CHECKs the gradients of all parameters, which are used in loss().
inline void check_gradients(const std::function<Real()>& loss, const ParameterList& parameters) {
  for (const ParameterRef& parameter : parameters) {
    CHECK_MESSAGE(check_gradient(loss, parameter.value(), parameter.grad()), parameter.name(),
                  ".grad is the gradient of the loss with respect to it");
  }
}

}  // namespace nn
