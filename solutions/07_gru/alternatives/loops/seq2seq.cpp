#include "07_gru/seq2seq.hpp"

#include <algorithm>
#include <utility>

#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

namespace nn {

// 7.4 Encoder and decoder

IdMatrix padded(const IdMatrix& ids, const IdVector& lengths) {
  const auto [time, batch] = ids.shape();
  check_lengths("padded", lengths, time, batch);
  IdMatrix result = ids;
  for (std::size_t t = 0; t < time; ++t) {
    for (std::size_t b = 0; b < batch; ++b) {
      if (t >= lengths(b)) {
        result(t, b) = pad_id;
      }
    }
  }
  return result;
}

IdMatrix reversed(const IdMatrix& ids, const IdVector& lengths) {
  const auto [time, batch] = ids.shape();
  check_lengths("reversed", lengths, time, batch);
  IdMatrix result = IdMatrix::from_shape({time, batch});
  result.fill(pad_id);
  for (std::size_t b = 0; b < batch; ++b) {
    for (std::size_t t = 0; t < lengths(b); ++t) {
      result(lengths(b) - 1 - t, b) = ids(t, b);
    }
  }
  return result;
}

Matrix Encoder::forward(const IdMatrix& ids, const IdVector& lengths, Cache& cache) const {
  cache.ids = padded(ids, lengths);
  const Matrix h0 = zeros({ids.shape(1), gru.cell.hidden_size()});
  gru.forward(table.forward(cache.ids), lengths, h0, cache.gru);
  return final_state(cache.gru);
}

void Encoder::backward(const Matrix& dstate, const Cache& cache) {
  // Only the last state was used
  const auto [time, batch] = cache.ids.shape();
  check_shape("Encoder::backward", "dstate", dstate, {batch, gru.cell.hidden_size()});
  Tensor3 dy = zeros({time, batch, gru.cell.hidden_size()});
  std::ranges::copy(dstate, time_step(dy, time - 1).begin());
  table.backward(gru.backward(dy, cache.gru).dx, cache.ids);
}

Tensor3 Decoder::forward(const IdMatrix& inputs, const IdVector& lengths, const Matrix& state, Cache& cache) const {
  cache.inputs = padded(inputs, lengths);
  Tensor3 y = gru.forward(table.forward(cache.inputs), lengths, state, cache.gru);
  return split_leading(output.forward(merge_leading(std::move(y)), cache.output), inputs.shape(0), inputs.shape(1));
}

Matrix Decoder::backward(const Tensor3& dlogits, const Cache& cache) {
  const auto [time, batch] = cache.inputs.shape();
  check_shape("Decoder::backward", "dlogits", dlogits, {time, batch, output.bias.value.size()});
  Matrix dy = output.backward(merge_leading(dlogits), cache.output);
  const auto [dx, dstate] = gru.backward(split_leading(std::move(dy), time, batch), cache.gru);
  table.backward(dx, cache.inputs);
  return dstate;
}

// 7.5 Training: the right answer is the input

IdMatrix decoder_inputs(const IdMatrix& targets) {
  const auto [time, batch] = targets.shape();
  IdMatrix inputs = IdMatrix::from_shape({time, batch});
  for (std::size_t t = 0; t < time; ++t) {
    for (std::size_t b = 0; b < batch; ++b) {
      inputs(t, b) = t == 0 ? bos_id : targets(t - 1, b);
    }
  }
  return inputs;
}

Seq2Seq::Seq2Seq(const Options& options, Random& random)
    : encoder(options.source_vocab_size, options.embedding_size, options.hidden_size, random),
      decoder(options.target_vocab_size, options.embedding_size, options.hidden_size, random),
      reverse_source(options.reverse_source) {}

Matrix Seq2Seq::encode(const IdMatrix& source, const IdVector& source_lengths, Encoder::Cache& cache) const {
  return encoder.forward(reverse_source ? reversed(source, source_lengths) : source, source_lengths, cache);
}

Real Seq2Seq::forward(const IdMatrix& source, const IdVector& source_lengths, const IdMatrix& targets,
                      const IdVector& target_lengths, Cache& cache) const {
  check_shape("Seq2Seq::forward", "targets", targets, {any, source.shape(1)});
  const Matrix state = encode(source, source_lengths, cache.encoder);
  const Tensor3 logits = decoder.forward(decoder_inputs(targets), target_lengths, state, cache.decoder);
  return SequenceLoss().forward(logits, targets, target_lengths, cache.loss);
}

void Seq2Seq::backward(const Cache& cache) {
  const Matrix dstate = decoder.backward(SequenceLoss().backward(cache.loss), cache.decoder);
  encoder.backward(dstate, cache.encoder);
}

// 7.6 Translating: the decoder reads what it wrote

std::vector<IdVector> greedy_decode(const Seq2Seq& model, const IdMatrix& source, const IdVector& source_lengths,
                                    std::size_t max_length) {
  // Every sentence by itself
  std::vector<IdVector> translations;
  for (std::size_t b = 0; b < source.shape(1); ++b) {
    const IdMatrix sentence = xt::view(source, xt::all(), xt::range(b, b + 1));
    Encoder::Cache encoder_cache;
    Matrix state = model.encode(sentence, IdVector{source_lengths(b)}, encoder_cache);
    std::vector<Id> words;
    Id word = bos_id;
    while (words.size() < max_length) {
      Decoder::Cache cache;
      const Tensor3 logits = model.decoder.forward(IdMatrix{{word}}, IdVector{1}, state, cache);
      state = final_state(cache.gru);
      const std::span<const Real> scores = row(logits, 0, 0);
      word = static_cast<Id>(std::ranges::max_element(scores) - scores.begin());
      if (word == eos_id) {
        break;
      }
      words.push_back(word);
    }
    IdVector translation = IdVector::from_shape({words.size()});
    std::ranges::copy(words, translation.begin());
    translations.push_back(translation);
  }
  return translations;
}

}  // namespace nn
