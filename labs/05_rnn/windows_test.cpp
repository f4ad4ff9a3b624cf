#include <algorithm>
#include <stdexcept>
#include <vector>

#include "05_rnn/given_layers.hpp"
#include "05_rnn/rnn.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "testing/testing.hpp"

// Task 5.3; rnn_test.cpp says how to read a test.

namespace nn {

namespace {

/// A call of forward_windows with given numbers: 7 steps in windows of 3, 3 and 1.
struct Windows {
  static constexpr std::size_t time = 7, window = 3, batch = 2, input_size = 2, hidden_size = 4;

  Windows() { y = forward_windows(rnn, x, h0, window, caches); }

  RNN rnn = given_rnn(input_size, hidden_size);
  Tensor3 x = given("x", normal({time, batch, input_size}));
  Matrix h0 = given("h0", uniform({batch, hidden_size}, -1, 1));
  std::vector<RNN::Cache> caches;
  Tensor3 y;
};

}  // namespace

TEST_SUITE("05_rnn") {
  TEST_CASE("5.3 final_state" * points(1)) {
    RNN::Cache cache{.x = zeros({3, 2, 1}), .states = given("states", normal({4, 2, 3}))};
    observe("final_state", final_state(cache));
    cache = {.x = zeros({1, 1, 1}), .states = given("states of one row", normal({2, 1, 3}))};
    observe("final_state of one row", final_state(cache));
  }

  TEST_CASE("5.3 forward_windows" * points(4)) {
    const Windows run;
    observe("y", run.y, close(6));
    observe("caches", Id{run.caches.size()});
    observe("states of the second window", run.caches.at(1).states, close(6));
    observe("steps of the last window", Id{run.caches.back().x.shape(0)});
    std::vector<RNN::Cache> caches(3);
    observe("y in one window", forward_windows(run.rnn, run.x, run.h0, 9, caches), close(6));
    observe("caches of one window", Id{caches.size()});
    observe("y in windows of one step", forward_windows(run.rnn, run.x, run.h0, 1, caches), close(6));

    RNN::Cache whole;
    CHECK_MESSAGE(xt::allclose(run.y, run.rnn.forward(run.x, run.h0, whole)), "y is that of one call for all steps");
  }

  TEST_CASE("5.3 backward_windows" * points(5)) {
    Windows run;
    const Tensor3 dy = given("dy", normal({Windows::time, Windows::batch, Windows::hidden_size}));
    const Tensor3 dx = backward_windows(run.rnn, dy, run.caches);
    observe("dx", dx, close(12));
    observe_gradients(run.rnn.cell, 14);

    // Where nothing follows in the window, only its own dy counts
    RNN::Cache last;
    run.rnn.forward(time_steps(run.x, 6, 1), final_state(run.caches[1]), last);
    const Tensor3 expected = run.rnn.backward(time_steps(dy, 6, 1), last).dx;
    CHECK_MESSAGE(xt::allclose(time_steps(dx, 6, 1), expected), "the last window is a sequence of one step");
  }

  TEST_CASE("5.3 no gradient flows into the window before" * points(1)) {
    // Only the last step has a gradient; in windows of 3 and 3 it reaches the last three steps
    Windows run;
    std::vector<RNN::Cache> caches;
    forward_windows(run.rnn, time_steps(run.x, 0, 6), run.h0, 3, caches);
    Tensor3 dy = zeros({6, Windows::batch, Windows::hidden_size});
    const Matrix dy_last = given("dy of the last step", normal({Windows::batch, Windows::hidden_size}));
    std::ranges::copy(dy_last, time_step(dy, 5).begin());
    observe("dx", backward_windows(run.rnn, dy, caches), close(12));
    observe_gradients(run.rnn.cell, 6);
  }

  TEST_CASE("5.3 windows refuse what does not fit" * points(1)) {
    Windows run;
    std::vector<RNN::Cache> caches;
    observe("y", run.y, close(6));
    const auto forward = [&](std::size_t time, std::size_t window) {
      forward_windows(run.rnn, zeros({time, 2, 2}), run.h0, window, caches);
    };
    observe("a window of 0 steps throws", thrown<std::invalid_argument>([&] { forward(7, 0); }));
    observe("a sequence of 0 steps throws", thrown<ShapeError>([&] { forward(0, 3); }));
    const auto backward = [&](std::size_t time) { backward_windows(run.rnn, zeros({time, 2, 4}), run.caches); };
    observe("backward throws for 6 steps", thrown<ShapeError>([&] { backward(6); }));
    observe("backward throws for 8 steps", thrown<ShapeError>([&] { backward(8); }));
  }
}  // TEST_SUITE

}  // namespace nn
