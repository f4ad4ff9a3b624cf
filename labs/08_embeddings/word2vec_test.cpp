#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "08_embeddings/embedding.hpp"
#include "08_embeddings/given_texts.hpp"
#include "testing/testing.hpp"

// Tasks 8.5 and 8.6; vocabulary_test.cpp says how to read a test.

namespace nn {

namespace {

/// Counts between 1 and 1000, small ones more often.
auto word_counts(std::size_t size) {
  return [size](Random& random) {
    Vector x = zeros({size});
    for (Real& count : x) {
      const auto root = static_cast<Real>(1 + random.below(10));
      count = root * root * root;
    }
    return x;
  };
}

SkipGram given_skip_gram(std::size_t vocab_size, std::size_t embedding_dim) {
  Random random = given_random("random");
  SkipGram model(vocab_size, embedding_dim, random);
  model.centers = given("centers", normal({vocab_size, embedding_dim}));
  model.contexts = given("contexts", normal({vocab_size, embedding_dim}));
  return model;
}

/// All different: a centre, a context and noise words.
std::vector<Id> given_example(std::size_t vocab_size, std::size_t size) {
  const IdVector order = given("example", [=](Random& random) {
    IdVector x = IdVector::from_shape({vocab_size});
    std::iota(x.begin(), x.end(), Id{0});
    random.shuffle(std::span(x.data(), x.size()));
    return x;
  });
  return {order.begin(), order.begin() + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace

TEST_SUITE("08_embeddings") {
  TEST_CASE("8.5 keep_probabilities" * points(3)) {
    Vector occurrences = given("counts", word_counts(10));
    occurrences(4) = 0;
    observe("keep", keep_probabilities(occurrences, Real(0.1)), close(10));
    observe("keep with a small threshold", keep_probabilities(occurrences, Real(1e-4)), close(10));
    observe("a threshold of 0 throws", thrown<std::invalid_argument>([&] { keep_probabilities(occurrences, 0); }));
    CHECK_MESSAGE(std::abs(keep_probabilities({1, 99}, Real(0.01))(0) - 1) < 1e-12, "f is the threshold");
    CHECK_MESSAGE(std::abs(keep_probabilities({4, 96}, Real(0.01))(0) - 0.5) < 1e-12, "f is 4 times the threshold");
  }

  TEST_CASE("8.5 subsample" * points(2)) {
    const IdVector text = given("ids", ids(60, 5));
    const Vector keep = given("keep", uniform({5}, Real(0.2), Real(0.8)));
    Random random = given_random("generator");
    observe("ids that are kept", subsample(text, keep, random));
    observe("ids that are kept of a word with probability 1", subsample(text, {1, 0, 1, 0, 0}, random));
    observe("the next number of the generator", random.uniform());
  }

  TEST_CASE("8.5 skip_gram_pairs" * points(4)) {
    const IdVector sentence = given("sentence", ids(14, 50));
    Random random = given_random("generator");
    observe("pairs", skip_gram_pairs(sentence, 4, random));
    observe("pairs of neighbours", skip_gram_pairs(sentence, 1, random));
    observe("pairs in a window wider than the sentence", skip_gram_pairs(sentence, 30, random));
    observe("the next number of the generator", random.uniform());
    observe("a window of 0 throws", thrown<std::invalid_argument>([&] { skip_gram_pairs(sentence, 0, random); }));
    CHECK(skip_gram_pairs({7}, 5, random).shape(0) == 0);
    CHECK(skip_gram_pairs({7, 7}, 1, random) == IdMatrix{{7, 7}, {7, 7}});
  }

  TEST_CASE("8.5 NoiseSampler adds up probabilities" * points(3)) {
    Vector occurrences = given("counts", word_counts(12));
    occurrences(3) = 0;
    const NoiseSampler noise(occurrences);
    observe("cumulative", noise.cumulative(), close(12));
    observe("one word throws", thrown<std::invalid_argument>([&] { NoiseSampler({0, 5, 0}); }));
    CHECK_MESSAGE(noise.cumulative()(11) == 1, "the last is exactly 1");
    CHECK_MESSAGE(std::abs(NoiseSampler({16, 1}).cumulative()(0) - Real{8} / 9) < 1e-12, "16^0.75 is 8");
  }

  TEST_CASE("8.5 NoiseSampler::draw" * points(4)) {
    Vector occurrences = given("counts", word_counts(8));
    occurrences(0) = 0;
    occurrences(7) = 0;
    const NoiseSampler noise(occurrences);
    Random random = given_random("generator");
    IdVector drawn = IdVector::from_shape({200}), others = drawn;
    std::ranges::generate(drawn, [&] { return noise.draw(random); });
    std::ranges::generate(others, [&] { return noise.draw_other(2, random); });
    observe("drawn", drawn);
    observe("drawn but 2", others);
    observe("the next number of the generator", random.uniform());
  }

  TEST_CASE("8.6 SkipGram::loss" * points(5)) {
    SkipGram model = given_skip_gram(8, 5);
    const std::vector<Id> example = given_example(8, 6);
    const std::span<const Id> words(example.data() + 1, 5);
    observe("loss", model.loss(example[0], words), close(25));
    observe("loss without noise", model.loss(example[0], words.first(1)), close(5));
    observe("loss of a word beside itself", model.loss(example[0], std::span(&example[0], 1)), close(5));
    observe("an id of 8 throws", thrown<IdError>([&] { model.loss(0, std::vector<Id>{1, 8}); }));
    observe("a centre of 8 throws", thrown<IdError>([&] { model.loss(8, std::vector<Id>{1}); }));
    observe("no words throw", thrown<ShapeError>([&] { model.loss(0, {}); }));
    model.contexts *= Real(1e4);
    observe("loss of large logits", model.loss(example[0], words), close(25));
    model.contexts *= Real{-1};
    observe("loss of large logits of the other sign", model.loss(example[0], words), close(25));
  }

  TEST_CASE("8.6 SkipGram::step" * points(7)) {
    SkipGram model = given_skip_gram(8, 5);
    const std::vector<Id> example = given_example(8, 5);
    const std::span<const Id> words(example.data() + 1, 4);
    const SkipGram before = model;
    const Real rate = given("learning rate", real_between(Real(0.1), Real(0.5)));
    observe("loss before the step", model.step(example[0], words, rate), close(25));
    observe("centers", model.centers, close(25));
    observe("contexts", model.contexts, close(25));

    // The way that the step went, divided by the learning rate, is the gradient
    SkipGram probe = before;
    const Matrix dcenters = (before.centers - model.centers) / rate;
    const Matrix dcontexts = (before.contexts - model.contexts) / rate;
    const auto loss = [&] { return probe.loss(example[0], words); };
    CHECK_MESSAGE(check_gradient(loss, values(probe.centers), values(dcenters)), "v moves against its gradient");
    CHECK_MESSAGE(check_gradient(loss, values(probe.contexts), values(dcontexts)), "u moves against its gradient");
  }

  TEST_CASE("8.6 SkipGram::step with words that occur twice" * points(3)) {
    SkipGram model = given_skip_gram(6, 4);
    const std::vector<Id> example = given_example(6, 3);
    const std::vector<Id> words{example[1], example[2], example[2], example[0], example[2]};
    observe("loss before the step", model.step(example[0], words, Real(0.3)), close(20));
    observe("centers", model.centers, close(20));
    observe("contexts", model.contexts, close(20));
  }

  TEST_CASE("8.6 SkipGram learns which words are together" * points(2)) {
    // Words 0 to 3 are beside each other, and so are 4 to 7
    Random random = given_random("random");
    SkipGram model(8, 6, random);
    const NoiseSampler noise({1, 1, 1, 1, 1, 1, 1, 1});
    Vector losses = zeros({12});
    for (Real& loss : losses) {
      for (std::size_t i = 0; i < 100; ++i) {
        const Id half = 4 * random.below(2);
        const Id center = half + random.below(4), context = half + random.below(4);
        const Id words[] = {context, noise.draw_other(context, random), noise.draw_other(context, random)};
        loss += model.step(center, words, Real(0.2)) / 100;
      }
    }
    observe("losses", losses, within(1e-6));
    observe("similarities", similarities_of(WordSpace(model.centers).nearest(row(model.centers, 0), 8)), within(1e-5));
    CHECK_MESSAGE(losses(11) < losses(0), "the loss falls");
  }
}

}  // namespace nn
