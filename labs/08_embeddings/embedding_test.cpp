#include "08_embeddings/embedding.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "08_embeddings/given_texts.hpp"
#include "tensor/reshape.hpp"
#include "testing/testing.hpp"

// Tasks 8.4 and 8.7; vocabulary_test.cpp says how to read a test.

namespace nn {

namespace {

Embedding given_embedding(std::size_t vocab_size, std::size_t embedding_dim) {
  Random random = given_random("random");
  Embedding embedding(vocab_size, embedding_dim, random);
  embedding.weight.value = given("weight", normal({vocab_size, embedding_dim}));
  embedding.weight.grad.fill(0);
  return embedding;
}

/// The table of nine words: how female, young and royal each is.
enum Word : Id { man, woman, boy, girl, prince, princess, queen, king, monarch };
Matrix nine_words() {
  return {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {1, 1, 0}, {0, 1, 1}, {1, 1, 1}, {1, 0, 1}, {0, 0, 1}, {0.5, 0.5, 1}};
}

}  // namespace

TEST_SUITE("08_embeddings") {
  TEST_CASE("8.4 Embedding::forward" * points(3)) {
    Embedding embedding = given_embedding(9, 4);
    const IdMatrix words = given("ids", ids({3, 5}, 9));
    Embedding::Cache cache;
    observe("y", embedding.forward(words, cache));
    observe("y of one id", embedding.forward(given("one id", ids({1, 1}, 9)), cache));
    observe("an id of 9 throws", thrown<IdError>([&] { embedding.forward(IdMatrix{{0, 9}}, cache); }));
    CHECK(embedding.forward(words, cache).shape(2) == 4);
  }

  TEST_CASE("8.4 Embedding does not read the rows of other words" * points(1)) {
    Embedding embedding = given_embedding(9, 4);
    const IdMatrix words = given("ids", ids({2, 3}, 4));
    for (Id id = 4; id < 9; ++id) {
      std::ranges::fill(row(embedding.weight.value, id), std::numeric_limits<Real>::quiet_NaN());
    }
    Embedding::Cache cache;
    observe("y", embedding.forward(words, cache));
  }

  TEST_CASE("8.4 Embedding::backward" * points(3)) {
    // 15 words of 6: some occur more than once
    Embedding embedding = given_embedding(6, 4);
    const IdMatrix words = given("ids", ids({3, 5}, 6));
    const Tensor3 dy = given("dy", normal({3, 5, 4}));
    Embedding::Cache cache;
    embedding.forward(words, cache);
    embedding.backward(dy, cache);
    observe("dweight", embedding.weight.grad, close(15));
    const auto loss = [&] { return project(values(embedding.forward(words, cache)), values(dy)); };
    CHECK_MESSAGE(check_gradient(loss, values(embedding.weight.value), values(embedding.weight.grad)),
                  "weight.grad is the gradient of the loss with respect to weight");
  }

  TEST_CASE("8.4 Embedding::backward adds to the gradients" * points(2)) {
    Embedding embedding = given_embedding(20, 3);
    embedding.weight.grad = given("dweight before", normal({20, 3}));
    Embedding::Cache first, second;
    embedding.forward(given("ids of the first call", ids({2, 4}, 20)), first);
    embedding.forward(given("ids of the second call", ids({4, 2}, 20)), second);
    embedding.backward(given("dy of the second call", normal({4, 2, 3})), second);
    embedding.backward(given("dy of the first call", normal({2, 4, 3})), first);
    observe("dweight", embedding.weight.grad, close(16));
  }

  TEST_CASE("8.4 Embedding refuses a gradient of a different shape" * points(1)) {
    Embedding embedding = given_embedding(5, 3);
    Embedding::Cache cache;
    observe("y", embedding.forward(given("ids", ids({2, 4}, 5)), cache));
    observe("dy of other sizes throws", thrown<ShapeError>([&] { embedding.backward(zeros({4, 2, 3}), cache); }));
    observe("dy of 2 numbers a word throws", thrown<ShapeError>([&] { embedding.backward(zeros({2, 4, 2}), cache); }));
  }

  TEST_CASE("8.7 WordSpace keeps rows of norm 1" * points(2)) {
    Matrix vectors = given("vectors", normal({6, 5}, 0, 3));
    std::ranges::fill(row(vectors, 2), Real{0});
    observe("rows", WordSpace(vectors).rows(), close(5));
  }

  TEST_CASE("8.7 nearest" * points(5)) {
    Matrix vectors = given("vectors", normal({12, 4}));
    std::ranges::fill(row(vectors, 7), Real{0});
    const WordSpace space(vectors);
    const Vector query = given("query", normal({4}, 0, 2));
    observe("words", ids_of(space.nearest(values(query), 12)));
    observe("similarities", similarities_of(space.nearest(values(query), 12)), close(4));
    observe("words but 3 and 5", ids_of(space.nearest(values(query), 12, {3, 5})));
    observe("a query of 3 numbers throws", thrown<ShapeError>([&] { space.nearest(values(query).first(3), 1); }));

    const WordSpace words(nine_words());
    const std::vector<Neighbour> found = words.nearest(row(words.rows(), prince), 3, {prince});
    CHECK_MESSAGE(found[0].id == monarch, "of the table, the monarch is nearest to the prince");
    CHECK(words.nearest(row(words.rows(), prince), 99).size() == 9);
  }

  TEST_CASE("8.7 analogy" * points(3)) {
    const Matrix vectors = given("vectors", [](Random& random) {
      Matrix x = zeros({15, 4});
      fill_normal(values(x), random, 1, 1);
      for (Id id = 0; id < 15; ++id) {
        std::ranges::for_each(row(x, id), [&](Real& number) { number *= static_cast<Real>(1 + id); });
      }
      return x;
    });
    const WordSpace space(vectors);
    observe("0 is to 14 as 1 is to", ids_of(space.analogy(0, 14, 1, 12)));
    observe("similarities", similarities_of(space.analogy(0, 14, 1, 12)), close(4));
    observe("9 is to 4 as 12 is to", ids_of(space.analogy(9, 4, 12, 5)));
    observe("id 15 throws", thrown<IdError>([&] { space.analogy(0, 15, 1, 1); }));

    const WordSpace words(nine_words());
    CHECK_MESSAGE(words.analogy(man, woman, king, 1)[0].id == queen, "man is to woman as king is to queen");
    CHECK_MESSAGE(words.analogy(boy, girl, prince, 1)[0].id == princess, "boy is to girl as prince is to princess");
  }
}

}  // namespace nn
