#include "05_rnn/character_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>

#include "05_rnn/given_layers.hpp"
#include "tensor/reshape.hpp"
#include "testing/testing.hpp"

// Tasks 5.5 and 5.6; rnn_test.cpp says how to read a test.

namespace nn {

namespace {

/// Lengths of 3 sequences of at most 5 steps: one of them 5, one 2, one 1 or 3 or 4.
IdVector given_lengths() {
  return given("lengths", [](Random& random) {
    const Id others[] = {1, 3, 4};
    IdVector x = {5, 2, others[random.below(3)]};
    random.shuffle(std::span(x.data(), x.size()));
    return x;
  });
}

/// Logits of 5 steps, 3 sequences and 4 classes, with targets.
struct Predictions {
  Tensor3 logits = given("logits", normal({5, 3, 4}));
  IdMatrix targets = given("targets", ids({5, 3}, 4));
  IdVector lengths = given_lengths();
};

/// The ids of several texts one after the other, each followed by `mark`.
IdVector joined(const std::vector<IdVector>& texts, Id mark) {
  std::vector<Id> all;
  for (const IdVector& text : texts) {
    all.insert(all.end(), text.begin(), text.end());
    all.push_back(mark);
  }
  IdVector result = IdVector::from_shape({all.size()});
  std::ranges::copy(all, result.begin());
  return result;
}

}  // namespace

TEST_SUITE("05_rnn") {
  TEST_CASE("5.5 SequenceLoss::forward" * points(4)) {
    const Predictions given_ones;
    const auto& [logits, targets, lengths] = given_ones;
    SequenceLoss::Cache cache;
    observe("loss", SequenceLoss().forward(logits, targets, lengths, cache), close(15));
    observe("cache.lengths", cache.lengths);
    observe("loss without padding", SequenceLoss().forward(logits, targets, {5, 5, 5}, cache), close(15));
    observe("loss of the first steps", SequenceLoss().forward(logits, targets, {1, 1, 1}, cache), close(3));

    const Tensor3 equal = zeros({2, 1, 4});
    CHECK_MESSAGE(std::abs(SequenceLoss().forward(equal, IdMatrix{{1}, {2}}, {2}, cache) - std::log(4.0)) < 1e-12,
                  "four equal logits give log 4 at every step, so log 4 in the mean");
  }

  TEST_CASE("5.5 SequenceLoss::backward" * points(3)) {
    Predictions some;
    SequenceLoss::Cache cache;
    SequenceLoss().forward(some.logits, some.targets, some.lengths, cache);
    const Tensor3 dlogits = SequenceLoss().backward(cache);
    observe("dlogits", dlogits, close(4));
    SequenceLoss::Cache other;
    SequenceLoss().forward(some.logits, some.targets, {5, 5, 5}, other);
    observe("dlogits without padding", SequenceLoss().backward(other), close(4));
    const auto loss = [&] { return SequenceLoss().forward(some.logits, some.targets, some.lengths, other); };
    CHECK_MESSAGE(check_gradient(loss, values(some.logits), values(dlogits)),
                  "dlogits is the gradient of the loss with respect to logits");
  }

  TEST_CASE("5.5 padding does not count" * points(2)) {
    // Logits that are not numbers and ids that are no classes behind the end of each sequence
    Predictions given_ones;
    auto& [logits, targets, lengths] = given_ones;
    SequenceLoss::Cache cache;
    const Real before = SequenceLoss().forward(logits, targets, lengths, cache);
    for (std::size_t t = 0; t < 5; ++t) {
      for (std::size_t b = 0; b < 3; ++b) {
        if (t >= lengths(b)) {
          std::ranges::fill(row(logits, t, b), std::numeric_limits<Real>::quiet_NaN());
          targets(t, b) = 99;
        }
      }
    }
    const Real loss = SequenceLoss().forward(logits, targets, lengths, cache);
    observe("loss", loss, close(15));
    observe("dlogits", SequenceLoss().backward(cache), close(4));
    observe("loss is the same bit for bit", Id{loss == before});
  }

  TEST_CASE("5.5 SequenceLoss refuses what does not fit" * points(1)) {
    const Predictions some;
    SequenceLoss::Cache cache;
    observe("loss", SequenceLoss().forward(some.logits, some.targets, some.lengths, cache), close(15));
    const auto forward = [&](const IdMatrix& ids, const IdVector& of) {
      SequenceLoss().forward(some.logits, ids, of, cache);
    };
    IdMatrix wrong = some.targets;
    wrong(0, 2) = 4;
    observe("a target of 4 among 4 classes throws", thrown<IdError>([&] { forward(wrong, some.lengths); }));
    observe("targets of 2 sequences throw", thrown<ShapeError>([&] { forward(IdMatrix({5, 2}, 0), some.lengths); }));
    observe("a length of 0 throws", thrown<ShapeError>([&] { forward(some.targets, {0, 1, 1}); }));
    observe("a length of 6 throws", thrown<ShapeError>([&] { forward(some.targets, {1, 6, 1}); }));
    observe("2 lengths throw", thrown<ShapeError>([&] { forward(some.targets, {1, 1}); }));
  }

  TEST_CASE("5.6 CharacterModel::forward" * points(3)) {
    CharacterModel model = given_model(5, 4);
    const IdMatrix inputs = given("inputs", ids({6, 3}, 5));
    const Matrix h0 = given("h0", uniform({3, 4}, -1, 1));
    CharacterModel::Cache cache;
    observe("logits", model.forward(inputs, h0, cache), close(8));
    observe("final state", final_state(cache.rnn), close(8));
    observe("an id of 5 throws", thrown<IdError>([&] { model.forward(IdMatrix{{1, 5, 0}}, h0, cache); }));
  }

  TEST_CASE("5.6 CharacterModel::backward" * points(3)) {
    CharacterModel model = given_model(5, 4);
    const IdMatrix inputs = given("inputs", ids({4, 3}, 5));
    const Matrix h0 = given("h0", uniform({3, 4}, -1, 1));
    const Tensor3 dlogits = given("dlogits", normal({4, 3, 5}));
    CharacterModel::Cache cache;
    model.forward(inputs, h0, cache);
    model.backward(dlogits, cache);
    std::string names;
    for (const ParameterRef& parameter : model.parameters()) {
      names += parameter.name() + " ";
    }
    observe("output.dweight", model.output.weight.grad, close(12));
    observe("output.dbias", model.output.bias.grad, close(12));
    observe_gradients(model.rnn.cell, 60);
    observe("names of the parameters", names);
    const auto loss = [&] { return project(values(model.forward(inputs, h0, cache)), values(dlogits)); };
    check_gradients(loss, model.rnn.cell);
  }

  TEST_CASE("5.6 sample_id" * points(4)) {
    const Vector logits = given("logits", uniform({6}, -2, 2));
    Random random = given_random("random");
    const auto draws = [&](const Vector& of, Real temperature) {
      IdVector drawn = IdVector::from_shape({150});
      std::ranges::generate(drawn, [&] { return sample_id(values(of), temperature, random); });
      return drawn;
    };
    observe("drawn at temperature 1", draws(logits, 1));
    observe("drawn at temperature 0.5", draws(logits, Real(0.5)));
    observe("drawn at temperature 3", draws(logits, 3));
    observe("the next number of the generator", random.uniform());
    Vector large = logits;
    for (Real& logit : large) {
      logit += 3000;
    }
    observe("drawn from large logits", draws(large, 1));
    observe("a temperature of 0 throws", thrown<std::invalid_argument>([&] { draws(logits, 0); }));
    observe("no logits throw", thrown<ShapeError>([&] { draws(zeros({0}), 1); }));
    CHECK_MESSAGE(draws({0, 5, 0, 0, 0, 0}, Real(0.01)) == IdVector({150}, 1),
                  "at a low temperature, the most likely id is always drawn");
  }

  TEST_CASE("5.6 generate" * points(4)) {
    const CharacterModel model = given_model(7, 5, Real(0.7));
    const IdMatrix prompts = given("prompts", ids({40, 3}, 7));
    Random random = given_random("generator");
    const auto texts_of = [&](const GenerateOptions& options) {
      std::vector<IdVector> texts;
      for (std::size_t i = 0; i < prompts.shape(0); ++i) {
        texts.push_back(generate(model, xt::view(prompts, i), options, random));
      }
      return joined(texts, 7);
    };
    observe("texts that never stop", texts_of({.stop = 7, .max_length = 6}));
    observe("texts at temperature 0.5", texts_of({.stop = 7, .max_length = 6, .temperature = Real(0.5)}));
    observe("texts of no characters", texts_of({.stop = 7, .max_length = 0}));
    observe("the next number of the generator", random.uniform());
  }

  TEST_CASE("5.6 generate stops" * points(1)) {
    // Sixty texts that end with id 0, each followed by 7
    const CharacterModel model = given_model(7, 5, Real(0.4));
    Random random = given_random("generator");
    std::vector<IdVector> texts(60);
    for (IdVector& text : texts) {
      text = generate(model, {0}, {.stop = 0, .max_length = 12}, random);
    }
    observe("texts", joined(texts, 7));
    observe("an empty prompt throws",
            thrown<ShapeError>([&] { generate(model, {}, {.stop = 0, .max_length = 1}, random); }));
    observe("a prompt with id 7 throws",
            thrown<IdError>([&] { generate(model, {7}, {.stop = 0, .max_length = 1}, random); }));
  }

  TEST_CASE("5.6 a CharacterModel learns a text" * points(1)) {
    // A text of eight characters that repeats: what comes next depends on more than the last character
    Random random = given_random("random");
    CharacterModel model(3, 8, random);
    IdMatrix inputs = IdMatrix::from_shape({16, 2}), targets = inputs;
    const Id text[] = {0, 1, 0, 2, 0, 0, 1, 2};
    const std::size_t start = given("start", size_between(0, 7));
    for (std::size_t t = 0; t < 16; ++t) {
      for (std::size_t b = 0; b < 2; ++b) {
        inputs(t, b) = text[(start + t + 3 * b) % 8];
        targets(t, b) = text[(start + t + 3 * b + 1) % 8];
      }
    }
    Vector losses = zeros({150});
    CharacterModel::Cache cache;
    SequenceLoss::Cache loss_cache;
    for (Real& loss : losses) {
      const Tensor3 logits = model.forward(inputs, zeros({2, 8}), cache);
      loss = SequenceLoss().forward(logits, targets, {16, 16}, loss_cache);
      zero_grad(model.parameters());
      model.backward(SequenceLoss().backward(loss_cache), cache);
      sgd_step(model.parameters(), 1);
    }
    // Later losses are left out: training magnifies the smallest difference in rounding
    observe("first losses", Vector(xt::view(losses, xt::range(0, 50))), within(1e-6));
    CHECK_MESSAGE(losses(149) < 0.3, "the loss falls from about log 3 = 1.1 to less than 0.3");
  }
}  // TEST_SUITE

}  // namespace nn
