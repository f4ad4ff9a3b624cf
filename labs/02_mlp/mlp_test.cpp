#include "02_mlp/mlp.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "datasets/digits.hpp"
#include "testing/testing.hpp"

// Tasks 2.4 to 2.7, layers and training; neuron_test.cpp has the others and says how to read a test.

namespace nn {
namespace {

/// Gives the layer weights and biases, so that it does not matter how it was initialised; gradients are zero.
void give_parameters(Linear& linear, const std::string& prefix) {
  const auto [in_features, out_features] = linear.weight.value.shape();
  linear.weight.value = given(prefix + "weight", normal({in_features, out_features}));
  linear.bias.value = given(prefix + "bias", normal({out_features}));
  linear.weight.grad.fill(0);
  linear.bias.grad.fill(0);
}

Linear given_linear(std::size_t in_features, std::size_t out_features, const std::string& prefix = "") {
  Random random = given_random(prefix + "random");
  Linear linear(in_features, out_features, random);
  give_parameters(linear, prefix);
  return linear;
}

MLP given_mlp(const std::vector<std::size_t>& sizes, const std::string& prefix = "") {
  Random random = given_random(prefix + "random");
  MLP model(sizes, random);
  for (std::size_t i = 0; i < model.layers.size(); ++i) {
    give_parameters(model.layers[i], prefix + "layer" + std::to_string(i) + ".");
  }
  return model;
}

/// Three layers of small, drawn sizes.
std::vector<std::size_t> given_sizes() {
  return {given("in_features", size_between(1, 5)), given("hidden0", size_between(3, 6)),
          given("hidden1", size_between(3, 6)), given("classes", size_between(2, 5))};
}

/// Drawn digits of 14 x 14 pixels, every second one of every second line, so that slow loops learn in time as well.
auto small_digits(const IdVector& labels) {
  return [&labels](Random& random) {
    const Matrix images = draw_digits_of(labels, random);
    Matrix small = zeros({labels.size(), 14 * 14});
    for (std::size_t i = 0; i < small.size(); ++i) {
      values(small)[i] = images(i / 196, i % 196 / 14 * 2 * image_width + i % 14 * 2);
    }
    return small;
  };
}

void observe_parameters(const MLP& model) {
  for (std::size_t i = 0; i < model.layers.size(); ++i) {
    observe("layer" + std::to_string(i) + ".weight", model.layers[i].weight.value);
    observe("layer" + std::to_string(i) + ".bias", model.layers[i].bias.value);
  }
}

}  // namespace

TEST_SUITE("02_mlp") {
  TEST_CASE("2.4 Linear starts with the weights of Glorot and Bengio" * points(4)) {
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
    CHECK(check_gradient(loss, values(x), values(dx)));
    CHECK(check_gradient(loss, values(linear.weight.value), values(linear.weight.grad)));
    CHECK(check_gradient(loss, values(linear.bias.value), values(linear.bias.grad)));
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
    observe("forward throws for 2 features", throws<ShapeError>([&] { linear.forward(zeros({4, 2}), other); }));
    observe("backward throws for 3 features", throws<ShapeError>([&] { linear.backward(zeros({4, 3}), cache); }));
    observe("backward throws for 3 rows", throws<ShapeError>([&] { linear.backward(zeros({3, 2}), cache); }));
  }

  TEST_CASE("2.5 CrossEntropyLoss::forward" * points(4)) {
    const std::size_t rows = given("rows", size_between(2, 6));
    const std::size_t classes = given("classes", size_between(2, 7));
    const Matrix logits = given("logits", normal({rows, classes}, 0, 2));
    const IdVector targets = given("targets", ids(rows, classes));
    CrossEntropyLoss::Cache cache;
    observe("loss", CrossEntropyLoss().forward(logits, targets, cache), close(rows));
    observe("probabilities", cache.probabilities);

    CHECK(CrossEntropyLoss().forward(zeros({3, 5}), IdVector{4, 0, 2}, cache) == doctest::Approx(std::log(5)));
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
    CHECK(check_gradient(loss, values(logits), values(dlogits)));
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
  }

  TEST_CASE("2.5 CrossEntropyLoss refuses wrong targets" * points(2)) {
    const Matrix logits = given("logits", normal({2, 3}));
    CrossEntropyLoss::Cache cache;
    const auto forward = [&](const IdVector& targets) { return CrossEntropyLoss().forward(logits, targets, cache); };
    observe("loss of targets 0 and 2", forward({0, 2}));
    observe("throws for class 3", throws<IdError>([&] { forward({0, 3}); }));
    observe("throws for 3 targets", throws<ShapeError>([&] { forward({0, 1, 2}); }));
  }

  TEST_CASE("2.6 MLP has layers and names its parameters" * points(2)) {
    Random random = given_random("random");
    MLP model({2, 3, 4, 5}, random);
    std::string names;
    for (const ParameterRef& parameter : model.parameters()) {
      names += parameter.name() + shape_text(parameter.shape()) + " ";
    }
    const std::string expected =
        "layer0.weight(2, 3) layer0.bias(3,) layer1.weight(3, 4) layer1.bias(4,) layer2.weight(4, 5) layer2.bias(5,) ";
    observe("names and shapes are right", names == expected);
    CHECK(names == expected);
    observe("number of layers", Id{MLP(given_sizes(), random).layers.size()});
    observe("weight of the second layer", model.layers.at(1).weight.value);
  }

  TEST_CASE("2.6 MLP refuses a single size" * points(1)) {
    Random random = given_random("random");
    observe("weight for two sizes", MLP({3, 2}, random).layers.at(0).weight.value);
    observe("throws", throws<std::invalid_argument>([&] { MLP({3}, random); }));
  }

  TEST_CASE("2.6 MLP::forward" * points(3)) {
    const std::vector<std::size_t> sizes = given_sizes();
    MLP model = given_mlp(sizes);
    MLP::Cache cache;
    observe("logits", model.forward(given("x", normal({4, sizes.front()})), cache), within(1e-8));
    model.layers.back().bias.value.fill(-20);
    observe("negative logits of one row", model.forward(given("one row", normal({1, sizes.front()})), cache),
            within(1e-8));
  }

  TEST_CASE("2.6 MLP::backward" * points(5)) {
    const std::vector<std::size_t> sizes = given_sizes();
    MLP model = given_mlp(sizes);
    const Matrix x = given("x", normal({4, sizes.front()}));
    const Matrix dlogits = given("dlogits", normal({4, sizes.back()}));
    MLP::Cache cache;
    model.forward(given("x of a call before", normal({4, sizes.front()})), cache);  // a cache may be used again
    model.forward(x, cache);
    model.backward(dlogits, cache);
    for (std::size_t i = 0; i < model.layers.size(); ++i) {
      observe("dlayer" + std::to_string(i) + ".weight", model.layers[i].weight.grad, within(1e-8));
      observe("dlayer" + std::to_string(i) + ".bias", model.layers[i].bias.grad, within(1e-8));
    }

    const auto loss = [&] { return project(values(model.forward(x, cache)), values(dlogits)); };
    for (Linear& layer : model.layers) {
      CHECK(check_gradient(loss, values(layer.weight.value), values(layer.weight.grad)));
      CHECK(check_gradient(loss, values(layer.bias.value), values(layer.bias.grad)));
    }
  }

  TEST_CASE("2.6 MLP::predict" * points(2)) {
    const std::vector<std::size_t> sizes = given_sizes();
    MLP model = given_mlp(sizes);
    const Matrix x = given("x", normal({20, sizes.front()}));
    observe("classes", model.predict(x));
    model.layers.back().weight.value.fill(0);
    model.layers.back().bias.value.fill(1);
    observe("classes of equal logits", model.predict(x));

    MLP layer = given_mlp({4, 3}, "one_layer.");
    const Matrix z = given("z", normal({100, 4}));
    observe("classes of one layer", layer.predict(z));
    // Without bias -z has the class of the smallest logit for z, so no guess fits both
    layer.layers.front().bias.value.fill(0);
    observe("classes without bias", layer.predict(z));
    observe("classes of -z without bias", layer.predict(Matrix(-z)));
  }

  TEST_CASE("2.7 sgd_step" * points(3)) {
    Parameter<2> weight({3, 2});
    Parameter<1> bias({2});
    weight.value = given("weight", normal({3, 2}));
    weight.grad = given("dweight", normal({3, 2}));
    bias.value = given("bias", normal({2}));
    bias.grad = given("dbias", normal({2}));
    sgd_step({{"weight", weight}, {"bias", bias}}, given("learning_rate", real_between(Real{0.1}, 1)));
    observe("weight after", weight.value);
    observe("bias after", bias.value);
    observe("dweight after", weight.grad);
    observe("dbias after", bias.grad);
  }

  TEST_CASE("2.7 train_step" * points(4)) {
    MLP model = given_mlp({3, 5, 4});
    const Matrix x = given("x", normal({6, 3}));
    const IdVector targets = given("targets", ids(6, 4));
    for (Linear& layer : model.layers) {
      layer.weight.grad.fill(1);  // left from an earlier step
      layer.bias.grad.fill(1);
    }
    observe("loss", train_step(model, x, targets, Real{0.2}), within(1e-8));
    observe("loss after a step", train_step(model, x, targets, Real{0.2}), within(1e-8));
    observe_parameters(model);
  }

  TEST_CASE("2.7 train_epoch" * points(4)) {
    MLP model = given_mlp({3, 5, 4});
    const Matrix x = given("x", normal({10, 3}));
    const IdVector targets = given("targets", ids(10, 4));
    Random random = given_random("order");
    Batches batches(10, 4, random);  // of 4, 4 and 2 rows
    observe("loss at learning rate 0", train_epoch(model, x, targets, batches, 0), within(1e-8));
    observe("loss of the next epoch", train_epoch(model, x, targets, batches, Real{0.2}), within(1e-8));
    observe("loss of one more epoch", train_epoch(model, x, targets, batches, Real{0.2}), within(1e-8));
    observe_parameters(model);
  }

  TEST_CASE("2.7 MLP learns to read digits" * points(2)) {
    const IdVector labels = given("labels", ids(600, 10));
    const Matrix images = given("images", small_digits(labels));
    const IdVector test_labels = hidden("test labels", ids(200, 10));
    const Matrix test_images = given("test images", small_digits(test_labels));

    Random random = given_random("random");
    MLP model({14 * 14, 16, 10}, random);
    Batches batches(600, 10, random);
    Vector losses = zeros({6});
    for (Real& loss : losses) {
      loss = train_epoch(model, images, labels, batches, Real{0.2});
    }
    observe("loss of each epoch", losses, within(1e-5));
    observe("classes of the test images", model.predict(test_images), accuracy_at_least(0.6, test_labels));
  }
}  // TEST_SUITE
}  // namespace nn
