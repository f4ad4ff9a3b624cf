#include "07_gru/seq2seq.hpp"

#include <algorithm>
#include <string>

#include "03_optimizers/optimizers.hpp"
#include "07_gru/given_layers.hpp"
#include "tensor/reshape.hpp"
#include "testing/testing.hpp"

// Tasks 7.4 to 7.6; gru_test.cpp has the others.

namespace nn {

namespace {

/// Words that are no special ids: `count` different ones.
auto words(std::size_t time, std::size_t batch, std::size_t count) {
  return [=](Random& random) {
    IdMatrix x = IdMatrix::from_shape({time, batch});
    for (Id& id : x) {
      id = 4 + random.below(count);
    }
    return x;
  };
}

/// Sentences side by side: (max_length, batch), 0 behind the end of each.
IdMatrix as_matrix(const std::vector<IdVector>& sentences, std::size_t max_length) {
  IdMatrix ids = IdMatrix::from_shape({max_length, sentences.size()});
  ids.fill(pad_id);
  for (std::size_t b = 0; b < sentences.size(); ++b) {
    for (std::size_t t = 0; t < std::min(sentences[b].size(), max_length); ++t) {
      ids(t, b) = sentences[b](t);
    }
  }
  return ids;
}

IdVector sizes(const std::vector<IdVector>& sentences) {
  IdVector result = IdVector::from_shape({sentences.size()});
  std::ranges::transform(sentences, result.begin(), [](const IdVector& sentence) { return sentence.size(); });
  return result;
}

/// Targets that end with eos_id, and their lengths.
struct Targets {
  IdMatrix ids;
  IdVector lengths;
};
Targets given_targets(std::size_t time, std::size_t batch, std::size_t count) {
  Targets targets{given("targets", words(time, batch, count)), given("target_lengths", lengths(batch, time))};
  for (std::size_t b = 0; b < batch; ++b) {
    targets.ids(targets.lengths(b) - 1, b) = eos_id;
  }
  return targets;
}

const std::vector<std::string> prefixes_of_models = {"1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.", "9.", "10."};

/// A model of random parameters that writes eos_id the more often, the larger the number. What it would write after
/// eos_id is seldom eos_id again, since the vector of eos_id is long.
Seq2Seq given_model_that_ends(const Seq2Seq::Options& options, const std::string& prefix, Real more) {
  Seq2Seq model = given_model(options, prefix);
  model.decoder.output.bias.value(eos_id) += more;
  for (Real& number : row(model.decoder.table.weight.value, eos_id)) {
    number *= 6;
  }
  return model;
}

/// A language of four words: a target is the source from its end, each word replaced by the next of the four.
IdMatrix translated(const IdMatrix& source) {
  const auto [time, batch] = source.shape();
  IdMatrix targets = IdMatrix::from_shape({time + 1, batch});
  for (std::size_t b = 0; b < batch; ++b) {
    for (std::size_t t = 0; t < time; ++t) {
      targets(t, b) = 4 + (source(time - 1 - t, b) - 4 + 1) % 4;
    }
    targets(time, b) = eos_id;
  }
  return targets;
}

/// Lengths of which the first half are the largest that there may be.
auto lengths_of_long_ones(std::size_t batch, std::size_t most) {
  return [=](Random& random) {
    IdVector result = lengths(batch, most)(random);
    for (std::size_t b = 0; b < batch / 2; ++b) {
      result(b) = most;
    }
    return result;
  };
}

IdVector all_of_length(std::size_t batch, std::size_t length) {
  IdVector result = IdVector::from_shape({batch});
  result.fill(length);
  return result;
}

}  // namespace

TEST_SUITE("07_gru") {
  TEST_CASE("7.4 padded and reversed keep to the length of each sentence" * points(4)) {
    const std::size_t time = given("time", size_between(4, 6));
    const IdMatrix ids = given("ids", nn::words(time, 4, 9));
    const IdVector lengths = given("lengths", nn::lengths(4, time - 1));
    observe("padded", padded(ids, lengths));
    observe("reversed", reversed(ids, lengths));
    CHECK(reversed(IdMatrix{{4, 7}, {5, 8}, {6, 9}}, {3, 2}) == IdMatrix{{6, 8}, {5, 7}, {4, 0}});
    CHECK(reversed(reversed(ids, lengths), lengths) == padded(ids, lengths));
  }

  TEST_CASE("7.4 Encoder::forward" * points(3)) {
    const std::size_t time = given("time", size_between(3, 5));
    const Encoder encoder = given_encoder(7, 2, 3);
    IdMatrix ids = given("ids", nn::words(time, 3, 3));
    const IdVector lengths = given("lengths", lengths_of_long_ones(3, time - 1));
    Encoder::Cache cache;
    const Matrix state = encoder.forward(ids, lengths, cache);
    observe("state", state, within(1e-9));
    observe("cache.ids", cache.ids);
    for (std::size_t b = 0; b < 3; ++b) {
      ids(time - 1, b) = 1000;
    }
    observe("the state is the same bit for bit with other padding", encoder.forward(ids, lengths, cache) == state);
  }

  TEST_CASE("7.4 Encoder::backward" * points(4)) {
    const std::size_t time = given("time", size_between(3, 5));
    Encoder encoder = given_encoder(7, 2, 3);
    const IdMatrix ids = given("ids", nn::words(time, 3, 3));
    const IdVector lengths = given("lengths", lengths_of_long_ones(3, time - 1));
    const Matrix dstate = given("dstate", normal({3, 3}));
    Encoder::Cache cache;
    encoder.forward(ids, lengths, cache);
    encoder.backward(dstate, cache);
    observe("dtable", encoder.table.weight.grad, within(1e-9));
    observe("dweight_ih", encoder.gru.cell.weight_ih.grad, within(1e-9));
    observe("dweight_hh", encoder.gru.cell.weight_hh.grad, within(1e-9));
    const auto loss = [&] { return project(values(encoder.forward(ids, lengths, cache)), values(dstate)); };
    check_gradients(loss, encoder.parameters());
  }

  TEST_CASE("7.4 Decoder::forward" * points(3)) {
    const std::size_t time = given("time", size_between(3, 5));
    const Decoder decoder = given_decoder(6, 2, 3);
    const IdMatrix inputs = given("inputs", nn::words(time, 2, 2));
    const IdVector lengths = given("lengths", lengths_of_long_ones(2, time));
    const Matrix state = given("state", uniform({2, 3}, -1, 1));
    Decoder::Cache cache;
    observe("logits", decoder.forward(inputs, lengths, state, cache), within(1e-9));
    observe("final_state", final_state(cache.gru), within(1e-9));
    observe("logits of another state", decoder.forward(inputs, lengths, zeros({2, 3}), cache), within(1e-9));
  }

  TEST_CASE("7.4 Decoder::backward" * points(4)) {
    const std::size_t time = given("time", size_between(3, 5));
    Decoder decoder = given_decoder(6, 2, 3);
    const IdMatrix inputs = given("inputs", nn::words(time, 2, 2));
    const IdVector lengths = given("lengths", lengths_of_long_ones(2, time));
    Matrix state = given("state", uniform({2, 3}, -1, 1));
    const Tensor3 dlogits = given("dlogits", normal({time, 2, 6}));
    Decoder::Cache cache;
    decoder.forward(inputs, lengths, state, cache);
    const Matrix dstate = decoder.backward(dlogits, cache);
    observe("dstate", dstate, within(1e-9));
    observe("dtable", decoder.table.weight.grad, within(1e-9));
    observe("dweight_hh", decoder.gru.cell.weight_hh.grad, within(1e-9));
    observe("doutput.weight", decoder.output.weight.grad, within(1e-9));
    const auto loss = [&] { return project(values(decoder.forward(inputs, lengths, state, cache)), values(dlogits)); };
    CHECK_MESSAGE(check_gradient(loss, values(state), values(dstate)), "dstate is the gradient of the loss");
    check_gradients(loss, decoder.parameters());
  }

  TEST_CASE("7.5 decoder_inputs are the targets one step later" * points(3)) {
    const std::size_t time = given("time", size_between(3, 6));
    const IdMatrix targets = given("targets", nn::words(time, 3, 9));
    observe("inputs", decoder_inputs(targets));
    CHECK(decoder_inputs(IdMatrix{{7, 9}, {8, 2}, {2, 0}}) == IdMatrix{{1, 1}, {7, 9}, {8, 2}});
  }

  TEST_CASE("7.5 Seq2Seq::forward" * points(5)) {
    const Seq2Seq::Options options{9, 6, 2, 4, true};
    Seq2Seq model = given_model(options);
    const std::size_t time = given("time", size_between(5, 6));
    const IdMatrix source = given("source", nn::words(time, 4, 5));
    const IdVector source_lengths = given("source_lengths", lengths_of_long_ones(4, time - 1));
    const Targets targets = given_targets(4, 4, 2);
    Seq2Seq::Cache cache;
    Encoder::Cache encoder_cache;
    observe("the decoder's first state", model.encode(source, source_lengths, encoder_cache), within(1e-9));
    observe("loss", model.forward(source, source_lengths, targets.ids, targets.lengths, cache), within(1e-9));
    model.reverse_source = false;
    observe("loss if the source is not reversed",
            model.forward(source, source_lengths, targets.ids, targets.lengths, cache), within(1e-9));
  }

  TEST_CASE("7.5 Seq2Seq::backward" * points(5)) {
    const Seq2Seq::Options options{7, 6, 2, 3, true};
    Seq2Seq model = given_model(options);
    const std::size_t time = given("time", size_between(3, 5));
    const IdMatrix source = given("source", nn::words(time, 2, 3));
    const IdVector source_lengths = given("source_lengths", lengths_of_long_ones(2, time));
    const Targets targets = given_targets(4, 2, 2);
    Seq2Seq::Cache cache;
    model.forward(source, source_lengths, targets.ids, targets.lengths, cache);
    model.backward(cache);
    observe("dencoder.table", model.encoder.table.weight.grad, within(1e-8));
    observe("dencoder.weight_hh", model.encoder.gru.cell.weight_hh.grad, within(1e-8));
    observe("ddecoder.table", model.decoder.table.weight.grad, within(1e-8));
    observe("ddecoder.weight_ih", model.decoder.gru.cell.weight_ih.grad, within(1e-8));
    observe("ddecoder.output.bias", model.decoder.output.bias.grad, within(1e-8));
    const auto loss = [&] { return model.forward(source, source_lengths, targets.ids, targets.lengths, cache); };
    check_gradients(loss, model.parameters());
  }

  TEST_CASE("7.6 greedy_decode reads what it wrote" * points(7)) {
    const IdMatrix source = given("source", nn::words(4, 4, 5));
    const IdVector source_lengths = given("source_lengths", nn::lengths(4, 4));
    std::vector<IdVector> translations;
    for (const std::string& prefix : prefixes_of_models) {
      const Seq2Seq model = given_model_that_ends({9, 8, 3, 5, true}, prefix, 1);
      const std::vector<IdVector> written = greedy_decode(model, source, source_lengths, 8);
      translations.insert(translations.end(), written.begin(), written.end());
    }
    observe("words", as_matrix(translations, 8));
    observe("numbers of words", sizes(translations));
    for (const IdVector& translation : translations) {
      CHECK_MESSAGE(std::ranges::find(translation, eos_id) == translation.end(), "eos_id ends a translation");
    }
  }

  TEST_CASE("7.6 greedy_decode stops at max_length" * points(2)) {
    const IdMatrix source = given("source", nn::words(3, 4, 5));
    std::vector<IdVector> translations;
    for (const std::string& prefix : prefixes_of_models) {
      const Seq2Seq model = given_model_that_ends({9, 8, 3, 5, false}, prefix, -100);
      const std::vector<IdVector> written = greedy_decode(model, source, all_of_length(4, 3), 2);
      translations.insert(translations.end(), written.begin(), written.end());
      CHECK(greedy_decode(model, source, all_of_length(4, 3), 0)[0].size() == 0);
    }
    observe("words", as_matrix(translations, 4));
    observe("numbers of words", sizes(translations));
  }

  TEST_CASE("7.6 Seq2Seq learns to translate" * points(3)) {
    Random random = given_random("random");
    Seq2Seq model({8, 8, 8, 24, true}, random);
    Adam adam(model.parameters(), Real(0.02), {});
    Seq2Seq::Cache cache;
    for (std::size_t step = 0; step < 200; ++step) {
      const IdMatrix source = nn::words(3, 16, 4)(random);
      zero_grad(model.parameters());
      model.forward(source, all_of_length(16, 3), translated(source), all_of_length(16, 4), cache);
      model.backward(cache);
      clip_grad_norm(model.parameters(), 1);
      adam.step();
    }
    const IdMatrix source = given("source", nn::words(3, 20, 4));
    const IdMatrix written = as_matrix(greedy_decode(model, source, all_of_length(20, 3), 6), 3);
    const IdMatrix labels = xt::view(translated(source), xt::range(0, 3));
    observe("words", merge_leading(written), accuracy_at_least(0.7, merge_leading(labels)));
  }
}

}  // namespace nn
