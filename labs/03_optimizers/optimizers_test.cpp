#include "03_optimizers/optimizers.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "testing/testing.hpp"

// Tasks 3.2 to 3.4; initialisation_test.cpp has 3.1 and says how to read a test, regularization_test.cpp the others.
// Many tests have epsilon = 0: there its place does not matter, so a mistake with epsilon does not cost points twice.

namespace nn {
namespace {

/// Two parameters of different shapes, as in a layer.
struct Model {
  Model(std::size_t rows, std::size_t columns) : weight({rows, columns}), bias({columns}) {}

  ParameterList parameters() { return {{"weight", weight}, {"bias", bias}}; }

  Parameter<2> weight;
  Parameter<1> bias;
};

/// Makes an optimizer of some class for a model.
using Make = std::function<std::unique_ptr<Optimizer>(Model&)>;

template <class Rule>
Make make(Real rate, const typename Rule::Options& options) {
  return [rate, options](Model& model) { return std::make_unique<Rule>(model.parameters(), rate, options); };
}

/// All numbers of all parameters, or of all gradients, one after the other.
Vector joined(const ParameterList& parameters, std::span<Real> (ParameterRef::*part)() const) {
  Vector x = zeros({parameter_count(parameters)});
  auto end = x.begin();
  for (const ParameterRef& parameter : parameters) {
    end = std::ranges::copy((parameter.*part)(), end).out;
  }
  return x;
}

/// Sets the gradients to these numbers and takes a step. Returns the parameters after it.
Vector step_with(Optimizer& optimizer, Model& model, std::span<const Real> gradients) {
  auto next = gradients.begin();
  for (const ParameterRef& parameter : model.parameters()) {
    for (Real& g : parameter.grad()) {
      g = *next++;
    }
  }
  optimizer.step();
  return joined(model.parameters(), &ParameterRef::value);
}

/// A step with each row of gradients in turn. Returns the parameters after each.
Matrix steps_with(Optimizer& optimizer, Model& model, const Matrix& gradients) {
  Matrix after = zeros({gradients.shape(0), gradients.shape(1)});
  for (std::size_t step = 0; step < gradients.shape(0); ++step) {
    std::ranges::copy(step_with(optimizer, model, row(gradients, step)), row(after, step).begin());
  }
  return after;
}

Real given_between(std::string_view name, double low, double high) {
  return given(name, real_between(static_cast<Real>(low), static_cast<Real>(high)));
}

Real given_rate() { return given_between("learning_rate", 0.1, 0.5); }

Model given_model() {
  Model model(given("rows", size_between(2, 4)), given("columns", size_between(1, 3)));
  model.weight.value = given("weight", normal({model.weight.value.shape(0), model.weight.value.shape(1)}));
  model.bias.value = given("bias", normal({model.bias.value.size()}));
  return model;
}

/// One row of gradients for each step; none closer to 0 than 0.1, where the sign of a step would depend on rounding.
Matrix given_gradients(Model& model, std::size_t steps) {
  return given("gradients", [count = parameter_count(model.parameters()), steps](Random& random) {
    Matrix x = zeros({steps, count});
    for (Real& value : values(x)) {
      value = random.uniform(Real{0.1}, Real{2}) * (random.below(2) == 0 ? Real{1} : Real{-1});
    }
    return x;
  });
}

/// The graded test of a rule: six steps, then the same gradients repeatedly.
void observe_rule(const Make& make_optimizer) {
  Model model = given_model();
  const Matrix gradients = given_gradients(model, 6);
  const std::unique_ptr<Optimizer> optimizer = make_optimizer(model);
  observe("parameters after each step", steps_with(*optimizer, model, gradients), within(1e-8));
  observe("gradients after the last step", joined(model.parameters(), &ParameterRef::grad));
  for (int round = 1; round < 9; ++round) {
    steps_with(*optimizer, model, gradients);
  }
  observe("parameters after nine rounds", joined(model.parameters(), &ParameterRef::value), within(1e-7));
}

/// Some steps, then some with a different learning rate.
void observe_new_rate(const Make& make_optimizer) {
  Model model = given_model();
  const Matrix gradients = given_gradients(model, 4);
  const std::unique_ptr<Optimizer> optimizer = make_optimizer(model);
  observe("parameters after each step", steps_with(*optimizer, model, gradients), within(1e-8));
  optimizer->learning_rate /= 8;
  observe("parameters after each step at an eighth of the rate", steps_with(*optimizer, model, gradients),
          within(1e-8));
}

/// Two equal runs; one of them is stopped, and new objects continue from its parameters and its state.
void observe_resumed(const Make& make_optimizer) {
  Model model = given_model();
  Model other = model;
  const Matrix gradients = given_gradients(model, 4);
  const std::unique_ptr<Optimizer> optimizer = make_optimizer(model);
  const std::unique_ptr<Optimizer> other_optimizer = make_optimizer(other);
  steps_with(*optimizer, model, gradients);
  observe("parameters of another model after the same steps", steps_with(*other_optimizer, other, gradients),
          within(1e-8));

  Model resumed = model;
  const std::unique_ptr<Optimizer> resumed_optimizer = make_optimizer(resumed);
  copy_tensors(optimizer->state(), resumed_optimizer->state());
  const Matrix through = steps_with(*optimizer, model, gradients);
  const Matrix again = steps_with(*resumed_optimizer, resumed, gradients);
  observe("parameters of the run that was not stopped", through, within(1e-8));
  observe("parameters of the resumed run", again, within(1e-8));
  observe("the two are equal bit for bit", through == again);
}

/// A single number, for examples to do by hand.
struct OneNumber {
  explicit OneNumber(Real value) { x.value = {value}; }

  /// The number after a step with this gradient.
  Real after(Optimizer& optimizer, Real gradient) {
    x.grad = {gradient};
    optimizer.step();
    return x.value(0);
  }

  Parameter<1> x{{1}};
  ParameterList list{{"x", x}};
};

}  // namespace

TEST_SUITE("03_optimizers") {
  TEST_CASE("3.2 SGD without momentum" * points(4)) {
    observe_rule(make<SGD>(given_rate(), {}));

    OneNumber x(3);
    SGD sgd(x.list, Real{0.5}, {});
    CHECK_MESSAGE(x.after(sgd, 4) == 1, "from 3, with rate 0.5 and gradient 4, a step leads to 3 - 0.5 * 4 = 1");
  }

  TEST_CASE("3.2 SGD with momentum" * points(5)) {
    observe_rule(make<SGD>(given_rate(), {.momentum = given_between("momentum", 0.5, 0.9)}));

    OneNumber x(0);
    SGD sgd(x.list, 1, {.momentum = Real{0.5}});
    CHECK_MESSAGE(x.after(sgd, 1) == -1, "from 0, with rate 1, momentum 0.5 and gradient 1: v = 1 leads to -1");
    CHECK_MESSAGE(x.after(sgd, 1) == -2.5, "a second step: v = 0.5 + 1 leads to -2.5");
    CHECK_MESSAGE(x.after(sgd, 1) == -4.25, "a third step: v = 0.75 + 1 leads to -4.25");
    CHECK_MESSAGE(x.after(sgd, 0) == -5.125, "with gradient 0 it rolls on: v = 0.875 leads to -5.125");
  }

  TEST_CASE("3.2 SGD with weight decay" * points(4)) {
    observe_rule(make<SGD>(given_rate(), {.momentum = given_between("momentum", 0.5, 0.9),
                                          .weight_decay = given_between("weight_decay", 0.1, 0.5)}));
  }

  TEST_CASE("3.2 SGD takes a new learning rate" * points(3)) {
    observe_new_rate(make<SGD>(given_rate(), {.momentum = given_between("momentum", 0.5, 0.9)}));
  }

  TEST_CASE("3.2 SGD resumes where it was stopped" * points(2)) {
    observe_resumed(make<SGD>(given_rate(), {.momentum = given_between("momentum", 0.5, 0.9)}));
  }

  TEST_CASE("3.3 RMSProp" * points(6)) {
    observe_rule(make<RMSProp>(
        given_rate(), {.alpha = given_between("alpha", 0.6, 0.9), .epsilon = given_between("epsilon", 0.05, 0.2)}));

    OneNumber x(0);
    RMSProp rms_prop(x.list, 1, {.alpha = Real{0.75}, .epsilon = 0});
    CHECK_MESSAGE(x.after(rms_prop, 4) == -2,
                  "from 0, with rate 1, alpha 0.75 and gradient 4: s = 4 leads to -4 / sqrt(4) = -2");
  }

  TEST_CASE("3.3 RMSProp takes a new learning rate" * points(2)) {
    observe_new_rate(make<RMSProp>(given_rate(), {.epsilon = 0}));
  }

  TEST_CASE("3.3 RMSProp with a gradient of zero" * points(2)) {
    Model model = given_model();
    Matrix gradients = given_gradients(model, 3);
    std::ranges::fill(row(gradients, 0), Real{0});
    std::ranges::fill(row(gradients, 2), Real{0});
    RMSProp rms_prop(model.parameters(), Real{0.01}, {});
    observe("parameters after each step", steps_with(rms_prop, model, gradients), within(1e-8));
  }

  TEST_CASE("3.3 RMSProp resumes where it was stopped" * points(2)) {
    observe_resumed(make<RMSProp>(given_rate(), {.alpha = given_between("alpha", 0.6, 0.9), .epsilon = 0}));
  }

  TEST_CASE("3.4 Adam" * points(7)) {
    observe_rule(make<Adam>(given_rate(), {.beta1 = given_between("beta1", 0.5, 0.7),
                                           .beta2 = given_between("beta2", 0.8, 0.95),
                                           .epsilon = given_between("epsilon", 0.05, 0.2)}));

    OneNumber x(1);
    Adam adam(x.list, Real{0.25}, {});
    CHECK_MESSAGE(x.after(adam, 1000) == doctest::Approx(0.75),
                  "the first step is as long as the learning rate 0.25, whatever the gradient: 1 - 0.25");
  }

  TEST_CASE("3.4 Adam with the settings of the paper" * points(2)) { observe_rule(make<Adam>(Real{1e-3}, {})); }

  TEST_CASE("3.4 Adam with an L2 penalty" * points(3)) {
    observe_rule(make<Adam>(given_rate(), {.beta1 = given_between("beta1", 0.5, 0.7),
                                           .beta2 = given_between("beta2", 0.8, 0.95),
                                           .epsilon = 0,
                                           .weight_decay = given_between("weight_decay", 0.2, 0.5)}));
  }

  TEST_CASE("3.4 AdamW decays apart from the gradients" * points(5)) {
    observe_rule(make<AdamW>(given_rate(), {.beta1 = given_between("beta1", 0.5, 0.7),
                                            .beta2 = given_between("beta2", 0.8, 0.95),
                                            .epsilon = 0,
                                            .weight_decay = given_between("weight_decay", 0.2, 0.5)}));

    // If the gradient is zero, every step shrinks the number by the same factor
    OneNumber x(8);
    AdamW adam_w(x.list, 1, {.weight_decay = Real{0.5}});
    CHECK_MESSAGE(x.after(adam_w, 0) == 4, "from 8, with rate 1, weight decay 0.5 and gradient 0, a step takes half");
    CHECK_MESSAGE(x.after(adam_w, 0) == 2, "the second step takes half again");
  }

  TEST_CASE("3.4 AdamW takes a new learning rate" * points(2)) {
    observe_new_rate(
        make<AdamW>(given_rate(), {.epsilon = 0, .weight_decay = given_between("weight_decay", 0.2, 0.5)}));
  }

  TEST_CASE("3.4 Adam resumes where it was stopped" * points(3)) {
    observe_resumed(make<Adam>(given_rate(), {.epsilon = 0}));
  }

  TEST_CASE("3.4 Adam trains the network of lab 02" * points(2)) {
    Random random = given_random("random");
    MLP model({4, 8, 3}, random);
    const Matrix x = given("x", normal({12, 4}));
    const IdVector targets = given("targets", ids(12, 3));
    Adam adam(model.parameters(), Real{0.05}, {});
    Vector losses = zeros({40});
    for (Real& loss : losses) {
      MLP::Cache cache;
      CrossEntropyLoss::Cache loss_cache;
      zero_grad(model.parameters());
      loss = CrossEntropyLoss().forward(model.forward(x, cache), targets, loss_cache);
      model.backward(CrossEntropyLoss().backward(loss_cache), cache);
      adam.step();
    }
    observe("loss before each step", losses, within(1e-8));
    CHECK_MESSAGE(losses(39) < losses(0) / 2, "40 steps halve the loss");
  }
}  // TEST_SUITE
}  // namespace nn
