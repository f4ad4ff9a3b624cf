#include "02_mlp/mlp.hpp"

#include <cmath>

#include "02_mlp/given_layers.hpp"
#include "testing/testing.hpp"

// Tasks 2.4 and 2.5, the parts of a network; neuron_test.cpp has the tasks before and says how to read a test,
// network_test.cpp has those after.

namespace nn {

TEST_SUITE("02_mlp") {
  TEST_CASE("2.4 glorot_uniform" * points(3)) {
    const std::size_t in_features = given("in_features", size_between(4, 9));
    const std::size_t out_features = given("out_features", size_between(10, 15));
    Random random = given_random("random");
    Matrix weight = zeros({in_features, out_features});
    glorot_uniform(weight, random);
    observe("weight", weight);
    Matrix narrowing = zeros({out_features, in_features});
    glorot_uniform(narrowing, random);
    observe("weight of a layer that narrows", narrowing);

    // A uniform number in +-a has the variance a^2 / 3
    Matrix large = zeros({200, 100});
    glorot_uniform(large, random);
    const Real variance = project(values(large), values(large)) / 20'000;
    CHECK_MESSAGE(variance > 0.0063, "with 200 inputs and 100 outputs the variance is about 2 / 300 = 0.00667");
    CHECK_MESSAGE(variance < 0.0070, "with 200 inputs and 100 outputs the variance is about 2 / 300 = 0.00667");
  }

  TEST_CASE("2.4 Linear starts with the weights of Glorot and Bengio" * points(1)) {
    const std::size_t in_features = given("in_features", size_between(4, 9));
    const std::size_t out_features = given("out_features", size_between(4, 9));
    Random random = given_random("random");
    const Linear linear(in_features, out_features, random);
    observe("weight", linear.weight.value);
    observe("bias", linear.bias.value);
  }

  TEST_CASE("2.4 Linear::forward" * points(5)) {
    const std::size_t rows = given("rows", size_between(2, 5));
    const std::size_t in_features = given("in_features", size_between(2, 6));
    const std::size_t out_features = given("out_features", size_between(2, 6));
    const Linear linear = given_linear(in_features, out_features);
    Linear::Cache cache;
    observe("y", linear.forward(given("x", normal({rows, in_features})), cache), close(in_features));
    observe("cache.x", cache.x);
    observe("y of one row", linear.forward(given("one row", normal({1, in_features})), cache), close(in_features));
    const Linear narrow = given_linear(1, 1, "narrow ");
    observe("y of one feature", narrow.forward(given("one feature", normal({rows, 1})), cache));
  }

  TEST_CASE("2.4 Linear::backward" * points(6)) {
    const std::size_t rows = given("rows", size_between(2, 5));
    const std::size_t in_features = given("in_features", size_between(2, 6));
    const std::size_t out_features = given("out_features", size_between(2, 6));
    Linear linear = given_linear(in_features, out_features);
    Matrix x = given("x", normal({rows, in_features}));
    const Matrix dy = given("dy", normal({rows, out_features}));

    Linear::Cache cache;
    linear.forward(x, cache);
    const Matrix dx = linear.backward(dy, cache);
    observe("dx", dx, close(out_features));
    observe("dweight", linear.weight.grad, close(rows));
    observe("dbias", linear.bias.grad, close(rows));

    const auto loss = [&] { return project(values(linear.forward(x, cache)), values(dy)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient of the loss by x");
    CHECK_MESSAGE(check_gradient(loss, values(linear.weight.value), values(linear.weight.grad)),
                  "weight.grad is the gradient of the loss by the weight");
    CHECK_MESSAGE(check_gradient(loss, values(linear.bias.value), values(linear.bias.grad)),
                  "bias.grad is the gradient of the loss by the bias");
  }

  TEST_CASE("2.4 Linear::backward adds to the gradients" * points(2)) {
    Linear linear = given_linear(3, 2);
    linear.weight.grad = given("dweight before", normal({3, 2}));
    linear.bias.grad = given("dbias before", normal({2}));
    Linear::Cache first, second;
    linear.forward(given("x of the first call", normal({4, 3})), first);
    linear.forward(given("x of the second call", normal({1, 3})), second);
    const Matrix dy_second = given("dy of the second call", normal({1, 2}));
    const Matrix dy_first = given("dy of the first call", normal({4, 2}));
    linear.backward(dy_second, second);
    linear.backward(dy_first, first);
    observe("dweight", linear.weight.grad, close(6));
    observe("dbias", linear.bias.grad, close(6));
  }

  TEST_CASE("2.4 Linear refuses other shapes" * points(1)) {
    Linear linear = given_linear(3, 2);
    Linear::Cache cache, other;
    observe("y of 3 features", linear.forward(given("x", normal({4, 3})), cache));
    observe("forward throws for 2 features", thrown<ShapeError>([&] { linear.forward(zeros({4, 2}), other); }));
    observe("backward throws for 3 features", thrown<ShapeError>([&] { linear.backward(zeros({4, 3}), cache); }));
    observe("backward throws for 3 rows", thrown<ShapeError>([&] { linear.backward(zeros({3, 2}), cache); }));
  }

  TEST_CASE("2.5 CrossEntropyLoss::forward" * points(4)) {
    const std::size_t rows = given("rows", size_between(2, 6));
    const std::size_t classes = given("classes", size_between(2, 7));
    const Matrix logits = given("logits", normal({rows, classes}, 0, 2));
    const IdVector targets = given("targets", ids(rows, classes));
    CrossEntropyLoss::Cache cache;
    observe("loss", CrossEntropyLoss().forward(logits, targets, cache), close(rows));
    observe("probabilities", cache.probabilities);

    CHECK_MESSAGE(CrossEntropyLoss().forward(zeros({3, 5}), IdVector{4, 0, 2}, cache) == doctest::Approx(std::log(5)),
                  "five equal logits cost log 5");
  }

  TEST_CASE("2.5 CrossEntropyLoss::backward" * points(4)) {
    const std::size_t rows = given("rows", size_between(2, 6));
    const std::size_t classes = given("classes", size_between(2, 7));
    Matrix logits = given("logits", normal({rows, classes}));
    const IdVector targets = given("targets", ids(rows, classes));
    CrossEntropyLoss::Cache cache;
    CrossEntropyLoss().forward(logits, targets, cache);
    const Matrix dlogits = CrossEntropyLoss().backward(cache);
    observe("dlogits", dlogits);
    const auto loss = [&] { return CrossEntropyLoss().forward(logits, targets, cache); };
    CHECK_MESSAGE(check_gradient(loss, values(logits), values(dlogits)),
                  "dlogits is the gradient of the loss by the logits");
  }

  TEST_CASE("2.5 CrossEntropyLoss of large logits" * points(4)) {
    const IdVector targets = given("targets", ids(5, 4));
    const Matrix logits = given("logits", [&](Random& random) {
      // In the first row another class is so far ahead that the target's probability vanishes
      Matrix x = normal({5, 4}, 0, 300)(random);
      x(0, targets(0)) = 0;
      x(0, (targets(0) + 1) % 4) = 1000;
      x(1, 1) = -1000;
      return x;
    });
    CrossEntropyLoss::Cache cache;
    observe("loss", CrossEntropyLoss().forward(logits, targets, cache));
    observe("probabilities", cache.probabilities);
    observe("dlogits", CrossEntropyLoss().backward(cache));
    observe("loss of logits -1000 and -1001", CrossEntropyLoss().forward(Matrix{{-1000, -1001}}, IdVector{0}, cache));

    CHECK_MESSAGE(CrossEntropyLoss().forward(Matrix{{1000, 0}}, IdVector{1}, cache) == doctest::Approx(1000),
                  "logits of 1000 and 0 cost 1000 if the second class is right");
  }

  TEST_CASE("2.5 CrossEntropyLoss refuses wrong targets" * points(2)) {
    const Matrix logits = given("logits", normal({2, 3}));
    CrossEntropyLoss::Cache cache;
    const auto forward = [&](const IdVector& targets) { return CrossEntropyLoss().forward(logits, targets, cache); };
    observe("loss of targets 0 and 2", forward({0, 2}));
    observe("throws for class 3", thrown<IdError>([&] { forward({0, 3}); }));
    observe("throws for 3 targets", thrown<ShapeError>([&] { forward({0, 1, 2}); }));
  }
}  // TEST_SUITE

}  // namespace nn
