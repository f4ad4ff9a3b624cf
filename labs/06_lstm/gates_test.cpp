#include <cmath>

#include "06_lstm/given_layers.hpp"
#include "06_lstm/lstm.hpp"
#include "testing/testing.hpp"

// Task 6.1. given(...) draws an input, observe(...) compares an output of your code with the reference. A CHECK says
// what must hold for any input.

namespace nn {

TEST_SUITE("06_lstm") {
  TEST_CASE("6.1 LSTMGates::forward" * points(6)) {
    const std::size_t batch = given("batch", size_between(2, 4));
    const std::size_t hidden_size = given("hidden_size", size_between(2, 5));
    const Matrix a = given("a", normal({batch, 4 * hidden_size}));
    const Matrix c = given("c", normal({batch, hidden_size}));
    LSTMGates::Cache cache;
    const LSTMState next = LSTMGates().forward(a, c, cache);
    observe("c_next", next.c);
    observe("h_next", next.h);
    observe("cache.gates", cache.gates);
    observe("cache.c", cache.c);
    observe("cache.tanh_c", cache.tanh_c);
  }

  TEST_CASE("6.1 LSTMGates::forward of one unit" * points(3)) {
    const Matrix a = given("a", normal({1, 4}));
    const Matrix c = given("c", normal({1, 1}, 2));
    LSTMGates::Cache cache;
    const LSTMState next = LSTMGates().forward(a, c, cache);
    observe("c_next", next.c);
    observe("h_next", next.h);

    // The example of the handout: i = f = o = 0.5, g = 0.6
    const LSTMState by_hand = LSTMGates().forward(Matrix{{0, 0, std::log(Real{2}), 0}}, Matrix{{1}}, cache);
    CHECK_MESSAGE(by_hand.c(0, 0) == doctest::Approx(0.8), "c_next = 0.5 * 1 + 0.5 * 0.6 = 0.8");
    CHECK_MESSAGE(by_hand.h(0, 0) == doctest::Approx(0.5 * std::tanh(0.8)), "h_next = 0.5 tanh(0.8)");
  }

  TEST_CASE("6.1 LSTMGates::forward with gates wide open and shut" * points(2)) {
    // e to the power of a thousand is infinite
    const Matrix a = given("a", [](Random& random) {
      Matrix drawn = zeros({3, 8});
      for (Real& number : values(drawn)) {
        number = random.below(2) == 0 ? random.uniform(900, 1000) : random.uniform(-1000, -900);
      }
      return drawn;
    });
    const Matrix c = given("c", normal({3, 2}));
    LSTMGates::Cache cache;
    const LSTMState next = LSTMGates().forward(a, c, cache);
    observe("c_next", next.c);
    observe("h_next", next.h);
    observe("cache.gates", cache.gates);
    const Matrix open = given("a of an open forget gate", [](Random& random) {
      return Matrix{{-1000, 1000, random.normal(), random.normal()}};
    });
    observe("c_next of an open forget gate and a shut input gate",
            LSTMGates().forward(open, Matrix{{c(0, 0)}}, cache).c);
  }

  TEST_CASE("6.1 LSTMGates::backward" * points(8)) {
    const std::size_t batch = given("batch", size_between(2, 4));
    const std::size_t hidden_size = given("hidden_size", size_between(2, 4));
    Matrix a = given("a", normal({batch, 4 * hidden_size}));
    Matrix c = given("c", normal({batch, hidden_size}));
    const LSTMState dnext = given_state("dnext", batch, hidden_size);
    LSTMGates::Cache cache, other;
    LSTMGates().forward(a, c, cache);
    LSTMGates().forward(given("a of another call", normal({1, 8})), given("c of another call", normal({1, 2})), other);
    const LSTMGates::Gradients gradients = LSTMGates().backward(dnext, cache);
    observe("dc", gradients.dc);
    observe("da", gradients.da);

    const auto loss = [&] { return project(LSTMGates().forward(a, c, other), dnext); };
    CHECK_MESSAGE(check_gradient(loss, values(a), values(gradients.da)),
                  "da is the gradient of the loss with respect to a");
    CHECK_MESSAGE(check_gradient(loss, values(c), values(gradients.dc)),
                  "dc is the gradient of the loss with respect to c");
  }

  TEST_CASE("6.1 LSTMGates::backward through one path at a time" * points(4)) {
    const Matrix a = given("a", normal({2, 12}));
    const Matrix c = given("c", normal({2, 3}));
    const Matrix dnext = given("dnext", normal({2, 3}));
    LSTMGates::Cache cache;
    LSTMGates().forward(a, c, cache);
    const LSTMGates::Gradients by_c = LSTMGates().backward({zeros({2, 3}), dnext}, cache);
    observe("dc of a gradient of c_next alone", by_c.dc);
    observe("da of a gradient of c_next alone", by_c.da);
    const LSTMGates::Gradients by_h = LSTMGates().backward({dnext, zeros({2, 3})}, cache);
    observe("dc of a gradient of h_next alone", by_h.dc);
    observe("da of a gradient of h_next alone", by_h.da);
  }

  TEST_CASE("6.1 LSTMGates refuses what does not fit" * points(1)) {
    LSTMGates::Cache cache, other;
    const LSTMState next = LSTMGates().forward(given("a", normal({2, 12})), given("c", normal({2, 3})), cache);
    observe("h_next", next.h);
    observe("forward throws for three quarters", thrown<ShapeError>([&] {
              LSTMGates().forward(zeros({2, 9}), zeros({2, 3}), other);
            }));
    observe("forward throws for another batch", thrown<ShapeError>([&] {
              LSTMGates().forward(zeros({1, 12}), zeros({2, 3}), other);
            }));
    observe("backward throws for another batch",
            thrown<ShapeError>([&] { LSTMGates().backward(zero_state(1, 3), cache); }));
    observe("backward throws for another hidden_size", thrown<ShapeError>([&] {
              LSTMGates().backward({zeros({2, 3}), zeros({2, 2})}, cache);
            }));
  }
}  // TEST_SUITE

}  // namespace nn
