#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "03_optimizers/optimizers.hpp"
#include "testing/testing.hpp"

// Tasks 3.5 to 3.7; initialisation_test.cpp says how to read a test.

namespace nn {
namespace {

Real given_probability() { return given("probability", real_between(Real{0.2}, Real{0.45})); }

/// Gradients of two parameters whose common norm is `norm`.
struct Gradients {
  explicit Gradients(Real norm) {
    first.grad = given("first gradient", normal({3, 2}));
    second.grad = given("second gradient", normal({4}));
    Real sum = 0;
    for (const ParameterRef& parameter : list) {
      sum += project(parameter.grad(), parameter.grad());
    }
    first.grad *= norm / std::sqrt(sum);
    second.grad *= norm / std::sqrt(sum);
  }

  Parameter<2> first{{3, 2}};
  Parameter<1> second{{4}};
  ParameterList list{{"first", first}, {"second", second}};
};

/// The learning rate of a schedule at every step below `count`.
template <class Schedule>
Vector rates(std::size_t count, const Schedule& schedule) {
  Vector y = zeros({count});
  for (std::size_t step = 0; step < count; ++step) {
    y(step) = schedule(step);
  }
  return y;
}

/// What early stopping says about these losses, one after the other.
struct Verdicts {
  Verdicts(EarlyStopping& stopping, const Vector& losses)
      : bests(IdVector::from_shape({losses.size()})), stops(bests), best_losses(losses), best_epochs(bests) {
    for (std::size_t epoch = 0; epoch < losses.size(); ++epoch) {
      bests(epoch) = stopping.update(losses(epoch)) ? 1 : 0;
      stops(epoch) = stopping.should_stop() ? 1 : 0;
      best_losses(epoch) = stopping.best_loss;
      best_epochs(epoch) = stopping.best_epoch;
    }
  }

  IdVector bests;
  IdVector stops;
  Vector best_losses;
  IdVector best_epochs;
};

void observe_verdicts(std::size_t patience, const Vector& losses) {
  EarlyStopping stopping(patience);
  observe("stops before any loss", stopping.should_stop());
  const Verdicts verdicts(stopping, losses);
  observe("is a new best", verdicts.bests);
  observe("should stop", verdicts.stops);
  observe("best loss so far", verdicts.best_losses);
  observe("best epoch so far", verdicts.best_epochs);
}

constexpr Real nan = std::numeric_limits<Real>::quiet_NaN();

}  // namespace

TEST_SUITE("03_optimizers") {
  TEST_CASE("3.5 Dropout in training" * points(4)) {
    const std::size_t rows = given("rows", size_between(6, 9));
    const std::size_t features = given("features", size_between(6, 9));
    const Matrix x = given("x", normal({rows, features}, 2));
    const Dropout dropout(given_probability());
    Random random = given_random("random");
    Dropout::Cache cache;
    observe("y", dropout.forward(x, Mode::train(random), cache));
    observe("scale", cache.scale);
    observe("next draw", random.uniform());

    // The mean stays the same, and about half of the numbers are dropped
    Matrix ones = zeros({100, 100});
    ones.fill(1);
    const Matrix y = Dropout(Real{0.5}).forward(ones, Mode::train(random), cache);
    const Real mean = project(values(y), values(ones)) / 10'000;
    const double dropped = static_cast<double>(std::ranges::count(y, 0)) / 10'000;
    CHECK_MESSAGE(std::abs(mean - 1) < 0.05, "Dropout(0.5) keeps the mean of 10000 ones near 1");
    CHECK_MESSAGE(std::abs(dropped - 0.5) < 0.025, "Dropout(0.5) sets about half of 10000 ones to 0");
  }

  TEST_CASE("3.5 Dropout in evaluation" * points(3)) {
    const Matrix x = given("x", normal({3, 4}, 2));
    const Matrix dy = given("dy", normal({3, 4}));
    const Dropout dropout(given_probability());
    Dropout::Cache cache;
    observe("y", dropout.forward(x, Mode::evaluate(), cache));
    observe("scale", cache.scale);
    observe("dx", dropout.backward(dy, cache));
    Random random = given_random("random");
    observe("y in training, with the same cache", dropout.forward(x, Mode::train(random), cache));
  }

  TEST_CASE("3.5 Dropout::backward" * points(5)) {
    const std::size_t rows = given("rows", size_between(6, 9));
    const std::size_t features = given("features", size_between(6, 9));
    Matrix x = given("x", normal({rows, features}, 2));
    const Matrix dy = given("dy", normal({rows, features}, 2));
    const Dropout dropout(given_probability());
    Random random = given_random("random");
    Dropout::Cache cache, other;
    const Random before = random;
    dropout.forward(x, Mode::train(random), cache);
    dropout.forward(dy, Mode::train(random), other);
    const Matrix dx = dropout.backward(dy, cache);
    observe("dx", dx);

    // With the same draws, dropout is the same linear function
    const auto loss = [&] {
      Random same = before;
      return project(values(dropout.forward(x, Mode::train(same), other)), values(dy));
    };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient by x, for the same mask");
  }

  TEST_CASE("3.5 Dropout refuses what does not fit" * points(2)) {
    Random random = given_random("random");
    const Matrix x = given("x", normal({8, 3}));
    Dropout::Cache cache;
    observe("y of a third dropped", Dropout(Real{1} / 3).forward(x, Mode::train(random), cache));
    observe("y of probability 0", Dropout(0).forward(x, Mode::train(random), cache));
    const auto refuses = [](Real probability) {
      return thrown<std::invalid_argument>([probability] { Dropout{probability}; });
    };
    observe("throws for probability 1", refuses(1));
    observe("throws for probability -0.1", refuses(Real{-0.1}));
    // Shapes that broadcast would give a dx
    observe("throws for a dy of (1, 3)", thrown<ShapeError>([&] { Dropout(0).backward(zeros({1, 3}), cache); }));
    observe("throws for a dy of (8, 1)", thrown<ShapeError>([&] { Dropout(0).backward(zeros({8, 1}), cache); }));
  }

  TEST_CASE("3.6 grad_norm" * points(1)) {
    Gradients gradients(given("norm", real_between(2, 5)));
    observe("norm", grad_norm(gradients.list));
    gradients.first.grad.fill(0);
    observe("norm of the second gradient", grad_norm(gradients.list));
    zero_grad(gradients.list);
    observe("norm of zeros", grad_norm(gradients.list));

    gradients.first.grad(0, 0) = 3;
    gradients.second.grad(3) = -4;
    CHECK_MESSAGE(grad_norm(gradients.list) == doctest::Approx(5), "gradients of 3 and -4 and zeros have the norm 5");
  }

  TEST_CASE("3.6 clip_grad_norm scales down a norm above max_norm" * points(3)) {
    Gradients gradients(given("norm", real_between(2, 5)));
    observe("returned", clip_grad_norm(gradients.list, Real{0.75}));
    observe("first gradient", gradients.first.grad);
    observe("second gradient", gradients.second.grad);
    observe("first value", gradients.first.value);
  }

  TEST_CASE("3.6 clip_grad_norm changes nothing below max_norm" * points(2)) {
    Gradients gradients(given("norm", real_between(Real{0.2}, Real{0.6})));
    observe("returned", clip_grad_norm(gradients.list, Real{0.75}));
    observe("first gradient", gradients.first.grad);
    observe("second gradient", gradients.second.grad);
    zero_grad(gradients.list);
    clip_grad_norm(gradients.list, Real{0.75});
    observe("gradient of zeros", gradients.first.grad);
  }

  TEST_CASE("3.6 step_schedule" * points(2)) {
    const Real rate = given("learning_rate", real_between(Real{0.1}, 1));
    const Real gamma = given("gamma", real_between(Real{0.3}, Real{0.8}));
    const std::size_t size = given("step_size", size_between(2, 5));
    observe("rates", rates(18, [&](std::size_t step) { return step_schedule(rate, step, size, gamma); }));
  }

  TEST_CASE("3.6 cosine_schedule" * points(3)) {
    const Real rate = given("learning_rate", real_between(Real{0.5}, 1));
    const Real lowest = given("lowest", real_between(Real{0.05}, Real{0.2}));
    const std::size_t total = given("total_steps", size_between(5, 12));
    observe("rates", rates(20, [&](std::size_t step) { return cosine_schedule(rate, step, total, lowest); }));
    observe("rates down to 0", rates(20, [&](std::size_t step) { return cosine_schedule(rate, step, total); }),
            within(1e-8));

    CHECK_MESSAGE(cosine_schedule(1, 0, 10) == doctest::Approx(1), "the rate of step 0 is the largest, 1");
    CHECK_MESSAGE(cosine_schedule(1, 5, 10) == doctest::Approx(0.5), "half way the rate is half of the largest");
    CHECK_MESSAGE(cosine_schedule(1, 10, 10) == doctest::Approx(0), "at the end the rate is the lowest, 0");
  }

  TEST_CASE("3.6 warmup_schedule" * points(3)) {
    const std::size_t d_model = given("d_model", size_between(2, 600));
    const std::size_t warmup = given("warmup_steps", size_between(3, 9));
    observe("rates", rates(25, [&](std::size_t step) { return warmup_schedule(d_model, step, warmup); }));
    const std::size_t late = given("many steps", size_between(1'000'000, 3'000'000));
    observe("rate after many steps", warmup_schedule(d_model, late, 4000) * 1000);

    CHECK_MESSAGE(warmup_schedule(4, 16, 16) == doctest::Approx(0.125),
                  "for d_model = 4 and 16 steps of warmup the peak is 1 / sqrt(4 * 16)");
  }

  TEST_CASE("3.7 EarlyStopping" * points(4)) {
    observe_verdicts(given("patience", size_between(2, 3)), given("losses", [](Random& random) {
                       // The loss falls twice. After each fall comes an equal loss, then no new best for a while
                       Vector x = uniform({20}, 3, 4)(random);
                       x(1) = Real{2.5};
                       x(2) = Real{2.5};
                       x(8) = random.uniform(1, 2);
                       x(9) = x(8) - Real{0.5};
                       x(11) = x(9) / 2;
                       return x;
                     }));
  }

  TEST_CASE("3.7 EarlyStopping after one bad epoch" * points(1)) {
    observe_verdicts(1, given("losses", [](Random& random) {
                       Vector x = uniform({12}, 1, 2)(random);
                       x(1) += 1;        // one bad epoch
                       x(2) = x(0) - 1;  // a new best
                       return x;
                     }));
  }

  TEST_CASE("3.7 EarlyStopping with a loss of NaN" * points(2)) {
    const Real first = given("first loss", real_between(2, 3));
    observe_verdicts(2, {nan, nan, nan, first, nan, first - 1, nan, nan});
  }

  TEST_CASE("3.7 EarlyStopping refuses a patience of 0" * points(1)) {
    EarlyStopping stopping(1);
    for (const Real loss : given("triple losses", uniform({6}, 1, 2))) {
      stopping.update(loss / 3);
    }
    observe("best loss", stopping.best_loss);
    observe("throws", thrown<std::invalid_argument>([] { EarlyStopping{0}; }));
  }
}  // TEST_SUITE
}  // namespace nn
