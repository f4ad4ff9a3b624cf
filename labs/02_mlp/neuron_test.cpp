#include <algorithm>
#include <cfenv>
#include <cmath>
#include <string>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "testing/testing.hpp"

// Tasks 2.1 to 2.3, single neurons; mlp_test.cpp has 2.4 and 2.5, network_test.cpp 2.6 and 2.7.
//
// In every test the observations come first: only they are graded. The CHECKs after them are examples small enough to
// do by hand, properties that must hold, and gradients compared with finite differences.

namespace nn {

namespace {

/// Numbers of either sign, none closer to 0 than 0.1: away from the point where ReLU has no slope.
auto away_from_zero(std::size_t rows, std::size_t columns) {
  return [rows, columns](Random& random) {
    Matrix x = zeros({rows, columns});
    for (Real& value : values(x)) {
      value = random.uniform(Real{0.1}, Real{2}) * (random.below(2) == 0 ? Real{1} : Real{-1});
    }
    return x;
  };
}

Perceptron given_perceptron(std::size_t in_features) {
  Perceptron perceptron(in_features);
  perceptron.weight = given("weight", normal({in_features}));
  perceptron.bias = given("bias", real_between(-1, 1));
  return perceptron;
}

/// What the perceptron predicts for each row.
IdVector classes_of(const Perceptron& perceptron, const Matrix& x) {
  IdVector classes = IdVector::from_shape({x.shape(0)});
  for (std::size_t r = 0; r < classes.size(); ++r) {
    classes(r) = perceptron.predict(row(x, r));
  }
  return classes;
}

LinearRegression given_regression(std::size_t in_features) {
  LinearRegression model(in_features);
  model.weight = given("weight", normal({in_features}));
  model.bias = given("bias", real_between(-1, 1));
  return model;
}

/// The graded test of an activation: two calls with a cache each, then backward of the first.
template <class Activation>
void observe_activation() {
  const std::size_t rows = given("rows", size_between(5, 8));
  const std::size_t features = given("features", size_between(5, 8));
  Matrix x = given("x", away_from_zero(rows, features));
  const Matrix other = given("other x", away_from_zero(rows, features));
  const Matrix dy = given("dy", normal({rows, features}));

  const Activation activation;
  typename Activation::Cache cache, other_cache;
  observe("y", activation.forward(x, cache));
  activation.forward(other, other_cache);
  const Matrix dx = activation.backward(dy, cache);
  observe("dx", dx);
  const auto loss = [&] { return project(values(activation.forward(x, other_cache)), values(dy)); };
  CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient by x, for the cache of the same call");
}

}  // namespace

TEST_SUITE("02_mlp") {
  TEST_CASE("2.1 Perceptron::predict" * points(3)) {
    const std::size_t in_features = given("in_features", size_between(1, 5));
    Perceptron perceptron = given_perceptron(in_features);
    const Matrix x = given("x", normal({30, in_features}));
    observe("classes", classes_of(perceptron, x));
    observe("class where the sum is exactly 0", Perceptron(in_features).predict(row(x, 0)));

    // Without bias, x and -x have different classes, so no constant result is right for both
    perceptron.bias = 0;
    observe("classes without bias", classes_of(perceptron, x));
    observe("classes of -x without bias", classes_of(perceptron, Matrix(-x)));

    Perceptron logical_and(2);
    logical_and.weight = {1, 1};
    logical_and.bias = Real{-1.5};
    CHECK_MESSAGE(logical_and.predict(std::vector<Real>{1, 1}) == 1, "1 + 1 - 1.5 is above 0: class 1");
    CHECK_MESSAGE(logical_and.predict(std::vector<Real>{1, 0}) == 0, "1 + 0 - 1.5 is below 0: class 0");
  }

  TEST_CASE("2.1 Perceptron::update" * points(5)) {
    const std::size_t in_features = given("in_features", size_between(1, 5));
    const Perceptron start = given_perceptron(in_features);
    const Matrix x = given("x", normal({24, in_features}));
    const IdVector targets = given("targets", ids(24, 2));
    IdVector changed = IdVector::from_shape({24});
    Matrix weights = zeros({24, in_features});
    Vector biases = zeros({24});
    for (std::size_t r = 0; r < 24; ++r) {
      Perceptron perceptron = start;
      changed(r) = perceptron.update(row(x, r), targets(r)) ? 1 : 0;
      std::ranges::copy(perceptron.weight, row(weights, r).begin());
      biases(r) = perceptron.bias;
    }
    observe("changed", changed);
    observe("weight after each example", weights);
    observe("bias after each example", biases);
  }

  TEST_CASE("2.1 Perceptron learns what a plane separates" * points(3)) {
    const std::size_t in_features = given("in_features", size_between(1, 4));
    const IdVector targets = given("targets", ids(40, 2));
    const Matrix x = given("x", [&](Random& random) {
      // Shift every point so that the mean of its features is above 2 in class 1, below 1 in class 0: the plane between
      // them is far from the origin, and only a bias gets it there
      Matrix points = normal({40, in_features})(random);
      for (std::size_t r = 0; r < 40; ++r) {
        const Real mean = project(row(points, r), std::vector<Real>(in_features, 1)) / static_cast<Real>(in_features);
        const Real wanted = Real{1.5} + random.uniform(Real{0.5}, Real{1.5}) * (targets(r) == 1 ? Real{1} : Real{-1});
        std::ranges::transform(row(points, r), row(points, r).begin(), [&](Real v) { return v + wanted - mean; });
      }
      return points;
    });
    Perceptron perceptron(in_features);
    IdVector mistakes = IdVector::from_shape({100});
    for (Id& count : mistakes) {
      count = perceptron.epoch(x, targets);
    }
    observe("mistakes in each epoch", mistakes);
    observe("weight", perceptron.weight);
    observe("bias", perceptron.bias);
    CHECK_MESSAGE(mistakes(99) == 0, "the last of 100 epochs has no mistake");
  }

  TEST_CASE("2.1 Perceptron never gets XOR right" * points(2)) {
    // With a bias that is not positive the first example is right, so that not every example changes the weights
    Perceptron perceptron(2);
    perceptron.weight = given("weight", normal({2}));
    perceptron.bias = given("bias", real_between(-1, 0));
    const Matrix x = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    const IdVector targets = {0, 1, 1, 0};
    Matrix weights = zeros({25, 2});
    Vector biases = zeros({25});
    IdVector right = IdVector::from_shape({25});
    for (std::size_t epoch = 0; epoch < 25; ++epoch) {
      perceptron.epoch(x, targets);
      std::ranges::copy(perceptron.weight, row(weights, epoch).begin());
      biases(epoch) = perceptron.bias;
      right(epoch) = 0;
      for (std::size_t r = 0; r < 4; ++r) {
        right(epoch) += perceptron.predict(row(x, r)) == targets(r) ? 1 : 0;
      }
    }
    observe("weight after each epoch", weights);
    observe("bias after each epoch", biases);
    observe("right answers after each epoch", right);
    CHECK_MESSAGE(std::ranges::max(right) < 4, "no epoch gets all four answers of XOR right");
  }

  TEST_CASE("2.1 Perceptron refuses what does not fit" * points(1)) {
    Perceptron perceptron = given_perceptron(3);
    const Matrix x = given("x", normal({2, 3}));
    observe("predict throws for 4 features", thrown<ShapeError>([&] { perceptron.predict(std::vector<Real>(4)); }));
    observe("epoch throws for 3 targets", thrown<ShapeError>([&] { perceptron.epoch(x, IdVector{0, 1, 0}); }));
    observe("epoch throws for class 2", thrown<IdError>([&] { perceptron.epoch(x, IdVector{0, 2}); }));

    Perceptron fitting(3);
    fitting.epoch(x, IdVector{0, 1});
    observe("weight after an epoch that fits", fitting.weight);
  }

  TEST_CASE("2.2 mse_loss" * points(2)) {
    const std::size_t rows = given("rows", size_between(1, 6));
    const std::size_t features = given("features", size_between(2, 5));
    const Matrix y = given("y", normal({rows, features}));
    const Matrix target = given("target", normal({rows, features}));
    observe("loss", mse_loss(y, target), close(rows * features));

    CHECK(mse_loss(Matrix{{1, 2}, {3, 4}}, zeros({2, 2})) == 7.5);
  }

  TEST_CASE("2.2 mse_loss refuses another shape" * points(1)) {
    const Matrix y = given("y", normal({3, 2}));
    observe("loss of the same shape", mse_loss(y, zeros({3, 2})));
    // Shapes that broadcast would give a number, but a wrong one
    for (const Matrix& target : {zeros({1, 2}), zeros({3, 1})}) {
      const std::string shape = shape_text(target.shape());
      observe("mse_loss throws for a target of " + shape, thrown<ShapeError>([&] { mse_loss(y, target); }));
      observe("mse_loss_backward throws for a target of " + shape,
              thrown<ShapeError>([&] { mse_loss_backward(y, target); }));
    }
  }

  TEST_CASE("2.2 mse_loss_backward" * points(4)) {
    const std::size_t rows = given("rows", size_between(1, 6));
    const std::size_t features = given("features", size_between(2, 5));
    Matrix y = given("y", normal({rows, features}));
    const Matrix target = given("target", normal({rows, features}));
    const Matrix dy = mse_loss_backward(y, target);
    observe("dy", dy);
    const auto loss = [&] { return mse_loss(y, target); };
    CHECK_MESSAGE(check_gradient(loss, values(y), values(dy)), "dy is the gradient of the loss by y");
  }

  TEST_CASE("2.2 LinearRegression::predict" * points(2)) {
    const std::size_t rows = given("rows", size_between(1, 6));
    const std::size_t in_features = given("in_features", size_between(1, 5));
    const LinearRegression model = given_regression(in_features);
    const Matrix x = given("x", normal({rows, in_features}));
    observe("y", model.predict(x));
    observe("throws for another width", thrown<ShapeError>([&] { model.predict(zeros({rows, in_features + 1})); }));
  }

  TEST_CASE("2.2 LinearRegression::step" * points(4)) {
    const std::size_t rows = given("rows", size_between(2, 6));
    const std::size_t in_features = given("in_features", size_between(1, 5));
    LinearRegression model = given_regression(in_features);
    const Matrix x = given("x", normal({rows, in_features}));
    const Matrix target = given("target", normal({rows, 1}));
    const Real learning_rate = given("learning_rate", real_between(Real{0.1}, Real{0.5}));
    const Real loss = model.step(x, target, learning_rate);
    observe("weight", model.weight, close(rows));
    observe("bias", model.bias, close(rows));
    observe("loss before the step", loss, close(rows));
  }

  TEST_CASE("2.2 LinearRegression finds the line" * points(2)) {
    const LinearRegression line = given_regression(2);
    const Matrix x = given("x", normal({30, 2}));
    Matrix target = zeros({30, 1});
    for (std::size_t r = 0; r < 30; ++r) {
      target(r, 0) = project(row(x, r), values(line.weight)) + line.bias;
    }
    LinearRegression model(2);
    Vector losses = zeros({300});
    for (Real& loss : losses) {
      loss = model.step(x, target, Real{0.1});
    }
    observe("loss before each step", losses, within(1e-6));
    observe("weight", model.weight, within(1e-6));
    observe("bias", model.bias, within(1e-6));
    CHECK_MESSAGE(losses(299) < 1e-6, "300 steps reach the line");

    // Every target lies on the line, so it is the exact least-squares solution
    CHECK_MESSAGE(std::abs(line.weight(0) - model.weight(0)) < 1e-3, "the first weight is that of the line");
    CHECK_MESSAGE(std::abs(line.bias - model.bias) < 1e-3, "the bias is that of the line");
  }

  TEST_CASE("2.3 sigmoid" * points(3)) {
    Vector y = given("x", uniform({16}, -8, 8));
    std::ranges::transform(y, y.begin(), sigmoid);
    observe("y", y);
    Vector far = {-1000, -100, -30, 30, 100, 1000};
    std::ranges::transform(far, far.begin(), sigmoid);
    observe("sigmoid of -1000 -100 -30 30 100 1000", far);

    // e^1000 is infinite: where it stands under a fraction the result is right, and in the next formula it is not
    std::feclearexcept(FE_ALL_EXCEPT);
    sigmoid(-1000);
    sigmoid(1000);
    observe("a power of e overflows", std::fetestexcept(FE_OVERFLOW) != 0);

    CHECK(sigmoid(0) == 0.5);
    CHECK_MESSAGE(std::abs(sigmoid(2) + sigmoid(-2) - 1) < 1e-12, "sigmoid(x) + sigmoid(-x) is 1");
  }

  TEST_CASE("2.3 Sigmoid" * points(3)) { observe_activation<Sigmoid>(); }

  TEST_CASE("2.3 Tanh" * points(3)) {
    observe_activation<Tanh>();
    Tanh::Cache cache;
    observe("y where x is -800 0 800", Tanh().forward(Matrix{{-800, 0, 800}}, cache));
  }

  TEST_CASE("2.3 ReLU" * points(4)) {
    observe_activation<ReLU>();
    ReLU::Cache cache;
    ReLU().forward(Matrix{{-1, 0, 1}}, cache);
    observe("dx where x is -1 0 1", ReLU().backward(given("dy of three", uniform({1, 3}, 1, 2)), cache));
  }
}  // TEST_SUITE

}  // namespace nn
