#include "07_gru/seq2seq.hpp"

#include <algorithm>
#include <utility>

#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "tensor/shape.hpp"

namespace nn {

// 7.4 Encoder and decoder

IdMatrix padded(const IdMatrix& ids, const IdVector& lengths) { return reversed(reversed(ids, lengths), lengths); }

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
  // At every step the decoder reads all words from the beginning
  const std::size_t batch = source.shape(1);
  Encoder::Cache encoder_cache;
  const Matrix state = model.encode(source, source_lengths, encoder_cache);
  IdMatrix words = IdMatrix::from_shape({max_length + 1, batch});
  words.fill(bos_id);
  for (std::size_t t = 0; t < max_length; ++t) {
    IdVector lengths = IdVector::from_shape({batch});
    lengths.fill(t + 1);
    Decoder::Cache cache;
    const IdMatrix read = xt::view(words, xt::range(0, t + 1));
    const Tensor3 logits = model.decoder.forward(read, lengths, state, cache);
    xt::view(words, t + 1) = argmax_rows(Matrix(xt::view(logits, t)));
  }

  // Cut each at its first eos_id
  std::vector<IdVector> translations;
  for (std::size_t b = 0; b < batch; ++b) {
    std::size_t count = 0;
    while (count < max_length && words(count + 1, b) != eos_id) {
      ++count;
    }
    translations.emplace_back(xt::view(words, xt::range(1, count + 1), b));
  }
  return translations;
}

}  // namespace nn
