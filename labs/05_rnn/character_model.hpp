#pragma once

// Lab 05, tasks 5.5 and 5.6: a network that predicts the next character of a text, and writes new ones. README.md
// explains; you write the bodies in character_model.cpp. rnn.hpp says what holds throughout.
//
// A character is an id below vocab_size, a batch of texts an IdMatrix (time, batch). The targets are the same texts,
// one step further: the network sees inputs(t, b) and should predict targets(t, b), the character after it.

#include <cstddef>
#include <span>

#include "02_mlp/mlp.hpp"
#include "05_rnn/rnn.hpp"
#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/tensor.hpp"

namespace nn {

// 5.5 The loss of a sequence

/// The mean, over all steps of all sequences that are not padding, of -log p[target], where p = softmax(logits) of that
/// step: lab 02's CrossEntropyLoss of these rows. In nats a character, if steps are characters.
class SequenceLoss {
 public:
  struct Cache {
    CrossEntropyLoss::Cache rows;  // of the steps that are not padding, in the order of rows_before_end
    IdVector lengths;              // (batch)
    std::size_t time;              // steps, padding included
  };
  /// logits: (time, batch, classes), targets: (time, batch), lengths: (batch) -> the loss. The steps of a sequence
  /// behind its end are padding: they change nothing, bit for bit, whatever logits and ids are there. Throws ShapeError
  /// if shapes do not fit or a length is not between 1 and time, IdError if a target that counts is not below classes.
  Real forward(const Tensor3& logits, const IdMatrix& targets, const IdVector& lengths, Cache& cache) const;

  /// -> dlogits: (time, batch, classes), 0 behind the end of each sequence.
  Tensor3 backward(const Cache& cache) const;
};

// 5.6 The character model

/// Predicts the next character: one-hot rows, an RNN, and a Linear layer from its state to logits (Mikolov et al.
/// 2010).
class CharacterModel {
 public:
  struct Cache {
    RNN::Cache rnn;
    Linear::Cache output;
  };
  /// Makes rnn, then output.
  CharacterModel(std::size_t vocab_size, std::size_t hidden_size, Random& random)
      : rnn(vocab_size, hidden_size, random), output(hidden_size, vocab_size, random) {}

  std::size_t vocab_size() const { return output.bias.value.size(); }
  std::size_t hidden_size() const { return rnn.cell.bias.value.size(); }

  /// inputs: (time, batch), h0: (batch, hidden_size) -> logits: (time, batch, vocab_size) for the character after each
  /// input. The state after the last step is final_state(cache.rnn). Throws IdError if an id is not below vocab_size.
  Tensor3 forward(const IdMatrix& inputs, const Matrix& h0, Cache& cache) const;

  /// dlogits: (time, batch, vocab_size). Adds to the gradients of all parameters.
  void backward(const Tensor3& dlogits, const Cache& cache);

  /// "rnn.weight_ih", "rnn.weight_hh", "rnn.bias", "output.weight", "output.bias".
  ParameterList parameters();

  RNN rnn;
  Linear output;  // (hidden_size, vocab_size)
};

/// Draws an id with the probabilities softmax(logits / temperature): the first id whose probability, added to those of
/// all ids before it, is larger than random.uniform(), of which it draws one. A temperature below 1 prefers likely ids,
/// one above 1 makes all ids more alike (Hinton, Vinyals and Dean 2015, eq. 1). Does not overflow. Throws
/// std::invalid_argument if the temperature is not above 0, ShapeError if there are no logits.
Id sample_id(std::span<const Real> logits, Real temperature, Random& random);

/// How generate writes.
struct GenerateOptions {
  Id stop;                 // where a text ends; vocab_size if it never does
  std::size_t max_length;  // of the result
  Real temperature = 1;
};

/// A new text. The model reads the prompt: (length), from a state of zeros; then it draws a character by sample_id,
/// reads that one, draws the next, and so on, until it draws `stop` or there are max_length characters. Returns what it
/// drew, without the prompt and without `stop`. Throws ShapeError if the prompt is empty, IdError if one of its ids is
/// not below vocab_size.
IdVector generate(const CharacterModel& model, const IdVector& prompt, const GenerateOptions& options, Random& random);

}  // namespace nn
