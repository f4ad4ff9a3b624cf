#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "05_rnn/given_layers.hpp"
#include "05_rnn/rnn.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "testing/testing.hpp"

// Task 5.4; rnn_test.cpp says how to read a test.

namespace nn {

namespace {

/// Lengths between 1 and time, of which at least one is shorter than time - 1, one is time, and one is 1.
auto mixed_lengths(std::size_t batch, std::size_t time) {
  return [batch, time](Random& random) {
    IdVector x = lengths(batch, time)(random);
    x(0) = 2;
    x(1) = time;
    x(2) = 1;
    random.shuffle(std::span(x.data(), x.size()));
    return x;
  };
}

/// x with something else behind the end of each sequence.
Tensor3 with_padding(Tensor3 x, const IdVector& lengths, Real number) {
  for (std::size_t t = 0; t < x.shape(0); ++t) {
    for (std::size_t b = 0; b < x.shape(1); ++b) {
      if (t >= lengths(b)) {
        std::ranges::fill(row(x, t, b), number);
      }
    }
  }
  return x;
}

/// A call of BidirectionalRNN::forward with given numbers.
struct Run {
  Run() { y = rnn.forward(x, lengths, cache); }

  std::size_t time = given("time", size_between(5, 7));
  std::size_t batch = 4;
  std::size_t hidden_size = given("hidden_size", size_between(3, 4));
  BidirectionalRNN rnn = given_bidirectional(2, hidden_size);
  Tensor3 x = given("x", normal({time, batch, 2}));
  IdVector lengths = given("lengths", mixed_lengths(batch, time));
  BidirectionalRNN::Cache cache;
  Tensor3 y;
};

}  // namespace

TEST_SUITE("05_rnn") {
  TEST_CASE("5.4 reverse_sequences" * points(3)) {
    const std::size_t time = given("time", size_between(5, 7));
    const Tensor3 x = given("x", normal({time, 4, 2}));
    const IdVector lengths = given("lengths", mixed_lengths(4, time));
    const Tensor3 reversed = reverse_sequences(x, lengths);
    observe("reversed", reversed);
    observe("reversed twice", reverse_sequences(reversed, lengths));

    const Tensor3 counted = {{{1}, {4}}, {{2}, {5}}, {{3}, {6}}};
    CHECK_MESSAGE(reverse_sequences(counted, {3, 2}) == Tensor3({{{3}, {5}}, {{2}, {4}}, {{1}, {0}}}),
                  "1 2 3 becomes 3 2 1, and 4 5 and padding become 5 4 0");
  }

  TEST_CASE("5.4 BidirectionalRNN::forward" * points(5)) {
    Run run;
    observe("y", run.y, close(6));
    observe("states of the forward direction", features(run.y, 0, run.hidden_size), close(6));
    observe("cache.lengths", run.cache.lengths);
    const IdVector whole({4}, run.time);
    observe("y without padding", run.rnn.forward(run.x, whole, run.cache), close(6));

    // Both directions read a sequence of one step alike: each from zeros
    const Tensor3 x = time_steps(run.x, 0, 1);
    const Tensor3 y = run.rnn.forward(x, IdVector({4}, 1), run.cache);
    RNN::Cache cache;
    CHECK_MESSAGE(xt::allclose(features(y, run.hidden_size, run.hidden_size),
                               run.rnn.backward_rnn.forward(x, zeros({4, run.hidden_size}), cache)),
                  "of one step, the second half is what backward_rnn makes of it");
  }

  TEST_CASE("5.4 BidirectionalRNN::backward" * points(5)) {
    Run run;
    const Tensor3 dy = given("dy", normal({run.time, run.batch, 2 * run.hidden_size}));
    const Tensor3 dx = run.rnn.backward(dy, run.cache);
    observe("dx", dx, close(30));
    observe_gradients(run.rnn.forward_rnn.cell, 28, " of forward_rnn");
    observe_gradients(run.rnn.backward_rnn.cell, 28, " of backward_rnn");

    const auto loss = [&] {
      return project(values(run.rnn.forward(run.x, run.lengths, run.cache)), values(with_padding(dy, run.lengths, 0)));
    };
    CHECK_MESSAGE(check_gradient(loss, values(run.x), values(dx)), "dx is the gradient of the loss with respect to x");
    check_gradients(loss, run.rnn.forward_rnn.cell);
    check_gradients(loss, run.rnn.backward_rnn.cell);
  }

  TEST_CASE("5.4 padding changes nothing" * points(2)) {
    // The same sequences with numbers that are not numbers behind their ends, first in x, then in dy
    Run run;
    const Real nan = std::numeric_limits<Real>::quiet_NaN();
    const Tensor3 dy = given("dy", normal({run.time, run.batch, 2 * run.hidden_size}));
    BidirectionalRNN::Cache cache;
    const Tensor3 y = run.rnn.forward(with_padding(run.x, run.lengths, nan), run.lengths, cache);
    observe("y", y, close(6));
    observe("dx", run.rnn.backward(with_padding(dy, run.lengths, 0), cache), close(30));
    observe_gradients(run.rnn.forward_rnn.cell, 28, " of forward_rnn");
    observe_gradients(run.rnn.backward_rnn.cell, 28, " of backward_rnn");
    observe("dx of another dy", run.rnn.backward(with_padding(dy, run.lengths, nan), run.cache), close(30));

    // Bit for bit, and however much of it there is
    observe("y is the same bit for bit", Id{y == run.y});
    Tensor3 longer = zeros({run.time + 3, run.batch, 2});
    std::ranges::copy(run.x, longer.begin());
    const Tensor3 y_longer = run.rnn.forward(longer, run.lengths, cache);
    observe("y with more padding", time_steps(y_longer, 0, run.time), close(6));
  }

  TEST_CASE("5.4 BidirectionalRNN names its parameters" * points(1)) {
    BidirectionalRNN rnn = given_bidirectional(2, 3);
    std::string names;
    for (const ParameterRef& parameter : rnn.parameters()) {
      names += parameter.name() + " ";
    }
    // The first number of each parameter, in the order of the list
    Vector first = zeros({rnn.parameters().size()});
    for (std::size_t i = 0; i < first.size(); ++i) {
      first(i) = rnn.parameters()[i].value()[0];
    }
    observe("first numbers", first);
    observe("names", names);
  }

  TEST_CASE("5.4 summarize" * points(3)) {
    const std::size_t time = given("time", size_between(5, 7));
    const IdVector lengths = given("lengths", mixed_lengths(4, time));
    const Tensor3 y = given("y", normal({time, 4, 6}));
    observe("summary", summarize(y, lengths));
    observe("dy", summarize_backward(given("dsummary", normal({4, 6})), lengths, time));
    const Tensor3 counted = {{{1, 2}}, {{3, 4}}, {{5, 6}}};
    CHECK_MESSAGE(summarize(counted, {2}) == Matrix({{3, 2}}),
                  "of two steps, the first half has read everything in the second step, the second half in the first");
  }

  TEST_CASE("5.4 other lengths are refused" * points(1)) {
    Run run;
    BidirectionalRNN::Cache cache;
    observe("y", run.y, close(6));
    const auto throws = [&](const std::string& name, const std::function<void(const IdVector&)>& call) {
      observe(name + " throws for a length of 0", thrown<ShapeError>([&] { call({1, 2, 0, 3}); }));
      observe(name + " throws for a length above time", thrown<ShapeError>([&] { call({1, 2, 3, run.time + 1}); }));
      observe(name + " throws for 3 lengths", thrown<ShapeError>([&] { call({1, 2, 3}); }));
    };
    throws("reverse_sequences", [&](const IdVector& lengths) { reverse_sequences(run.x, lengths); });
    throws("forward", [&](const IdVector& lengths) { run.rnn.forward(run.x, lengths, cache); });
    throws("summarize", [&](const IdVector& lengths) { summarize(run.y, lengths); });
    throws("summarize_backward", [&](const IdVector& lengths) {
      summarize_backward(zeros({4, 6}), lengths, run.time);
    });
    observe("backward throws for one half", thrown<ShapeError>([&] {
              run.rnn.backward(zeros({run.time, run.batch, run.hidden_size}), run.cache);
            }));
  }
}  // TEST_SUITE

}  // namespace nn
