#include "05_rnn/character_model.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "01_tensors/tensors.hpp"
#include "nn/not_implemented.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"
#include "train/batches.hpp"

// Replace each not_implemented() with your code; character_model.hpp says what it must do. When everything is written,
// delete the next line: then the compiler warns about every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 5.5 The loss of a sequence

Real SequenceLoss::forward(const Tensor3& logits, const IdMatrix& targets, const IdVector& lengths,
                           Cache& cache) const {
  // Check the shape of targets, and the lengths
  // Which rows count (tensor/sequences.hpp)? Take these rows of logits, and their targets (train/batches.hpp)
  // Their loss is that of lab 02; keep what backward needs
  not_implemented();
}

Tensor3 SequenceLoss::backward(const Cache& cache) const {
  // The gradient of the rows that count, by lab 02
  // Put each row back where it was; all others are 0
  not_implemented();
}

// 5.6 The character model

Tensor3 CharacterModel::forward(const IdMatrix& inputs, const Matrix& h0, Cache& cache) const {
  // Ids to one-hot rows (lab 01), as (time, batch, vocab_size)
  // The network, then the Linear layer on the rows of all steps (tensor/reshape.hpp changes shapes)
  not_implemented();
}

void CharacterModel::backward(const Tensor3& dlogits, const Cache& cache) {
  // Back through the Linear layer, then through the network
  not_implemented();
}

ParameterList CharacterModel::parameters() {
  // append the lists of both parts, under their names
  not_implemented();
}

Id sample_id(std::span<const Real> logits, Real temperature, Random& random) {
  // Check the temperature, and that there are logits
  // Divide by the temperature, and take lab 01's softmax
  // Draw once; walk through the ids, adding up probabilities, until the sum is larger
  not_implemented();
}

IdVector generate(const CharacterModel& model, const IdVector& prompt, const GenerateOptions& options, Random& random) {
  // Check the prompt; it is what the model reads first, from a state of zeros
  // Draw from the logits of the last step that was read; stop, or keep the id and read it next
  not_implemented();
}

}  // namespace nn
