#include <stdexcept>
#include <string>
#include <vector>

#include "02_mlp/given_layers.hpp"
#include "02_mlp/mlp.hpp"
#include "datasets/digits.hpp"
#include "testing/testing.hpp"

// Tasks 2.6 and 2.7, the network and its training; neuron_test.cpp says how to read a test.

namespace nn {

namespace {

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
  TEST_CASE("2.6 MLP has layers and names its parameters" * points(1)) {
    Random random = given_random("random");
    MLP model({2, 3, 4, 5}, random);
    std::string names;
    for (const ParameterRef& parameter : model.parameters()) {
      names += parameter.name() + shape_text(parameter.shape()) + " ";
    }
    const std::string expected =
        "layer0.weight(2, 3) layer0.bias(3,) layer1.weight(3, 4) layer1.bias(4,) layer2.weight(4, 5) layer2.bias(5,) ";
    observe("names and shapes are right", names == expected);
    CHECK_MESSAGE(names == expected, "parameters() has these names and shapes");
    observe("number of layers", Id{MLP(given_sizes(), random).layers.size()});
    observe("weight of the second layer", model.layers.at(1).weight.value);

    // A list that refers to copies looks right, but nobody can train the model through it
    const ParameterList list = model.parameters();
    const ParameterList layer = model.layers.at(1).parameters();
    observe("parameters() refers to the model's own layers",
            list.size() == 6 && list[2].is_same(layer[0]) && list[3].is_same(layer[1]));
  }

  TEST_CASE("2.6 MLP refuses a single size" * points(1)) {
    Random random = given_random("random");
    observe("weight for two sizes", MLP({3, 2}, random).layers.at(0).weight.value);
    observe("throws", thrown<std::invalid_argument>([&] { MLP({3}, random); }));
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
    model.forward(given("x of a call before", normal({4, sizes.front()})), cache);  // a cache may be reused
    model.forward(x, cache);
    model.backward(dlogits, cache);
    for (std::size_t i = 0; i < model.layers.size(); ++i) {
      observe("dlayer" + std::to_string(i) + ".weight", model.layers[i].weight.grad, within(1e-8));
      observe("dlayer" + std::to_string(i) + ".bias", model.layers[i].bias.grad, within(1e-8));
    }

    const auto loss = [&] { return project(values(model.forward(x, cache)), values(dlogits)); };
    for (Linear& layer : model.layers) {
      CHECK_MESSAGE(check_gradient(loss, values(layer.weight.value), values(layer.weight.grad)),
                    "weight.grad is the gradient of the loss by the weight");
      CHECK_MESSAGE(check_gradient(loss, values(layer.bias.value), values(layer.bias.grad)),
                    "bias.grad is the gradient of the loss by the bias");
    }
  }

  TEST_CASE("2.6 argmax_rows" * points(1)) {
    const std::size_t rows = given("rows", size_between(20, 30));
    const std::size_t columns = given("columns", size_between(3, 6));
    const Matrix x = given("x", normal({rows, columns}));
    observe("columns", argmax_rows(x));
    observe("columns of -x", argmax_rows(Matrix(-x)));
    observe("columns of negative numbers", argmax_rows(Matrix(x - Real{10})));
    observe("column of equal numbers", argmax_rows(zeros({1, 4})));

    CHECK(argmax_rows(Matrix{{1, 3, 3}, {0, -1, -2}}) == IdVector{1, 0});
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
    // Without bias, the class of -z is that of the smallest logit for z, so no constant result is right for both
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
