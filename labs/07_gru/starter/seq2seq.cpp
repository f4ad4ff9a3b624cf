#include "07_gru/seq2seq.hpp"

#include <algorithm>

#include "nn/not_implemented.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

// Replace each not_implemented() with your code; seq2seq.hpp says what it must do. When everything is written, delete
// the next line: then the compiler warns about every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 7.4 Encoder and decoder

IdMatrix padded(const IdMatrix& ids, const IdVector& lengths) {
  // Check the lengths
  // Copy, with pad_id behind the end of each sentence
  not_implemented();
}

IdMatrix reversed(const IdMatrix& ids, const IdVector& lengths) {
  // Check the lengths
  // The first word of a sentence goes to its last place, the second to the one before, ...
  not_implemented();
}

Matrix Encoder::forward(const IdMatrix& ids, const IdVector& lengths, Cache& cache) const {
  // Keep the padded ids
  // Table, then GRU from zeros; its final state
  not_implemented();
}

void Encoder::backward(const Matrix& dstate, const Cache& cache) {
  // Check the shape of dstate
  // Which of the GRU's outputs was used? Only that one has a gradient
  // Back through the GRU, then through the table
  not_implemented();
}

Tensor3 Decoder::forward(const IdMatrix& inputs, const IdVector& lengths, const Matrix& state, Cache& cache) const {
  // Keep the padded inputs
  // Table, GRU from the state, and the output layer for all steps at once
  not_implemented();
}

Matrix Decoder::backward(const Tensor3& dlogits, const Cache& cache) {
  // Check the shape of dlogits
  // Back through output, gru and table
  // Return the gradient of the state it began with
  not_implemented();
}

// 7.5 Training: the right answer is the input

IdMatrix decoder_inputs(const IdMatrix& targets) {
  // bos_id, then the targets one step later
  not_implemented();
}

Seq2Seq::Seq2Seq(const Options& options, Random& random)
    : encoder(options.source_vocab_size, options.embedding_size, options.hidden_size, random),
      decoder(options.target_vocab_size, options.embedding_size, options.hidden_size, random),
      reverse_source(options.reverse_source) {}

Matrix Seq2Seq::encode(const IdMatrix& source, const IdVector& source_lengths, Encoder::Cache& cache) const {
  // Reverse the source or not; the encoder's state
  not_implemented();
}

Real Seq2Seq::forward(const IdMatrix& source, const IdVector& source_lengths, const IdMatrix& targets,
                      const IdVector& target_lengths, Cache& cache) const {
  // Check that there is one target for each source
  // Encode; decode what decoder_inputs gives, from that state
  // Lab 05's SequenceLoss
  not_implemented();
}

void Seq2Seq::backward(const Cache& cache) {
  // Back through the loss and the decoder; what reaches its first state goes on into the encoder
  not_implemented();
}

// 7.6 Translating: the decoder reads what it wrote

std::vector<IdVector> greedy_decode(const Seq2Seq& model, const IdMatrix& source, const IdVector& source_lengths,
                                    std::size_t max_length) {
  // Encode; the first word to read is bos_id, for every sentence
  // While there are sentences that have not ended, at most max_length times:
  //   decode one step from the state, and keep the state after it
  //   take the most likely word of each sentence; eos_id ends it, another word is added if it has not ended
  //   these words are read next
  // Each translation as an IdVector
  not_implemented();
}

}  // namespace nn
