#pragma once

// Lab 07, tasks 7.4 to 7.6: a network that reads a sentence, keeps it in one vector, and writes another sentence.
// README.md explains; you write the bodies in seq2seq.cpp. gru.hpp says what holds throughout.
//
// A word is an id below vocab_size; ids 0 to 3 are pad_id, bos_id, eos_id and unk_id of text/special_ids.hpp. A batch
// of sentences is an IdMatrix (time, batch) with lengths: (batch), each between 1 and time. What is behind the end of a
// sentence is padding: any id, even one that is not below vocab_size, and it changes nothing, bit for bit.

#include <cstddef>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "05_rnn/character_model.hpp"
#include "06_lstm/lookup_table.hpp"
#include "07_gru/gru.hpp"
#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/tensor.hpp"
#include "text/special_ids.hpp"

namespace nn {

// 7.4 Encoder and decoder

/// ids: (time, batch), lengths: (batch) -> the same with pad_id behind the end of each sentence. Throws ShapeError if
/// lengths do not fit.
IdMatrix padded(const IdMatrix& ids, const IdVector& lengths);

/// ids: (time, batch), lengths: (batch) -> each sentence in reversed order within its own length; padding is pad_id. A
/// source is read so because its first words are then near the first words of the target (Sutskever, Vinyals and Le
/// 2014, section 3.3).
IdMatrix reversed(const IdMatrix& ids, const IdVector& lengths);

/// Reads sentences: lab 06's LookupTable, and a GRU from a state of zeros.
class Encoder {
 public:
  struct Cache {
    IdMatrix ids;  // (time, batch), padding pad_id
    GRU::Cache gru;
  };
  /// Makes table, then gru.
  Encoder(std::size_t vocab_size, std::size_t embedding_size, std::size_t hidden_size, Random& random)
      : table(vocab_size, embedding_size, random), gru(embedding_size, hidden_size, random) {}

  /// ids: (time, batch) -> the state at the end of each sentence: (batch, hidden_size), all that the decoder will know.
  /// Throws IdError if an id that counts is not below vocab_size.
  Matrix forward(const IdMatrix& ids, const IdVector& lengths, Cache& cache) const;

  /// dstate: (batch, hidden_size). Adds to the gradients of all parameters.
  void backward(const Matrix& dstate, const Cache& cache);

  /// "table.weight", "gru.weight_ih", "gru.weight_hh", "gru.bias".
  ParameterList parameters() {
    ParameterList list;
    append(list, "table", table.parameters());
    append(list, "gru", gru.parameters());
    return list;
  }

  LookupTable table;
  GRU gru;
};

/// Writes sentences: a LookupTable of the words so far, a GRU, and a Linear layer from its state to logits.
class Decoder {
 public:
  struct Cache {
    IdMatrix inputs;  // (time, batch), padding pad_id
    GRU::Cache gru;
    Linear::Cache output;
  };
  /// Makes table, then gru, then output.
  Decoder(std::size_t vocab_size, std::size_t embedding_size, std::size_t hidden_size, Random& random)
      : table(vocab_size, embedding_size, random),
        gru(embedding_size, hidden_size, random),
        output(hidden_size, vocab_size, random) {}

  /// inputs: (time, batch), state: (batch, hidden_size), before the first step -> logits: (time, batch, vocab_size) for
  /// the word after each input. The state after the last step is final_state(cache.gru). Throws IdError if an id that
  /// counts is not below vocab_size.
  Tensor3 forward(const IdMatrix& inputs, const IdVector& lengths, const Matrix& state, Cache& cache) const;

  /// dlogits: (time, batch, vocab_size) -> dstate: (batch, hidden_size). Adds to the gradients of all parameters.
  Matrix backward(const Tensor3& dlogits, const Cache& cache);

  /// "table.weight", "gru.weight_ih", "gru.weight_hh", "gru.bias", "output.weight", "output.bias".
  ParameterList parameters() {
    ParameterList list;
    append(list, "table", table.parameters());
    append(list, "gru", gru.parameters());
    append(list, "output", output.parameters());
    return list;
  }

  LookupTable table;
  GRU gru;
  Linear output;  // (hidden_size, vocab_size)
};

// 7.5 Training: the right answer is the input

/// targets: (time, batch) -> what the decoder reads when it should write them: bos_id first, then all words of the
/// target but the last. The input at each step is the word before the target, whatever the model would have written.
IdMatrix decoder_inputs(const IdMatrix& targets);

/// An encoder whose last state is the first state of a decoder (Cho et al. 2014; Sutskever et al. 2014).
class Seq2Seq {
 public:
  struct Options {
    std::size_t source_vocab_size;
    std::size_t target_vocab_size;
    std::size_t embedding_size;
    std::size_t hidden_size;
    bool reverse_source = true;  // does the encoder read sentences from their ends?
  };
  struct Cache {
    Encoder::Cache encoder;
    Decoder::Cache decoder;
    SequenceLoss::Cache loss;
  };
  /// Makes encoder, then decoder.
  Seq2Seq(const Options& options, Random& random);

  /// source: (time, batch), source_lengths: (batch) -> the first state of the decoder: (batch, hidden_size). The source
  /// is reversed before it is read, if the model's options say so.
  Matrix encode(const IdMatrix& source, const IdVector& source_lengths, Encoder::Cache& cache) const;

  /// targets: (target time, batch), which end with eos_id, and their lengths, with eos_id -> lab 05's SequenceLoss of
  /// them, when the decoder reads decoder_inputs(targets).
  Real forward(const IdMatrix& source, const IdVector& source_lengths, const IdMatrix& targets,
               const IdVector& target_lengths, Cache& cache) const;

  /// Adds to the gradients of all parameters, also to those of the encoder.
  void backward(const Cache& cache);

  /// "encoder.table.weight", ..., "decoder.output.bias".
  ParameterList parameters() {
    ParameterList list;
    append(list, "encoder", encoder.parameters());
    append(list, "decoder", decoder.parameters());
    return list;
  }

  Encoder encoder;
  Decoder decoder;
  bool reverse_source;
};

// 7.6 Translating: the decoder reads what it wrote

/// Greedy decoding. The decoder reads bos_id, then at every step the word that it just wrote: the one with the largest
/// logit, the first of several (lab 02's argmax_rows). A translation ends before its first eos_id, or after max_length
/// words. source: (time, batch), source_lengths: (batch) -> the translation of each sentence, without bos_id and
/// eos_id. Stops when all have ended.
std::vector<IdVector> greedy_decode(const Seq2Seq& model, const IdMatrix& source, const IdVector& source_lengths,
                                    std::size_t max_length);

}  // namespace nn
