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
  const std::size_t batch = source.shape(1);
  Encoder::Cache encoder_cache;
  Decoder::Cache cache;
  Matrix state = model.encode(source, source_lengths, encoder_cache);
  IdMatrix next = IdMatrix::from_shape({1, batch});
  next.fill(bos_id);
  IdVector one_step = IdVector::from_shape({batch});
  one_step.fill(1);
  std::vector<std::vector<Id>> written(batch);
  std::vector<bool> ended(batch);
  for (std::size_t t = 0; t < max_length && std::ranges::count(ended, false) > 0; ++t) {
    // One step of the decoder, and the most likely word of each sentence
    const Tensor3 logits = model.decoder.forward(next, one_step, state, cache);
    state = final_state(cache.gru);
    const IdVector words = argmax_rows(merge_leading(logits));
    for (std::size_t b = 0; b < batch; ++b) {
      ended[b] = ended[b] || words(b) == eos_id;
      if (!ended[b]) {
        written[b].push_back(words(b));
      }
      next(0, b) = words(b);
    }
  }

  std::vector<IdVector> translations;
  for (const std::vector<Id>& words : written) {
    IdVector translation = IdVector::from_shape({words.size()});
    std::ranges::copy(words, translation.begin());
    translations.push_back(std::move(translation));
  }
  return translations;
}

}  // namespace nn
