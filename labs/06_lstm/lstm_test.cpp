#include "06_lstm/lstm.hpp"

#include "06_lstm/given_layers.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "testing/testing.hpp"

// Tasks 6.2 and 6.3; gates_test.cpp says how to read a test.

namespace nn {

TEST_SUITE("06_lstm") {
  TEST_CASE("6.2 LSTMCell starts with an open forget gate" * points(4)) {
    const std::size_t input_size = given("input_size", size_between(2, 4));
    const std::size_t hidden_size = given("hidden_size", size_between(2, 3));
    Random random = given_random("random");
    LSTMCell cell(input_size, hidden_size, random);
    observe("weight_ih", cell.weight_ih.value);
    observe("weight_hh", cell.weight_hh.value, within(1e-9));
    observe("bias", cell.bias.value);
    const Real forget_bias = given("forget_bias", real_between(2, 5));
    observe("bias with another forget_bias", LSTMCell(2, hidden_size, random, forget_bias).bias.value);
  }

  TEST_CASE("6.2 LSTMCell::forward" * points(5)) {
    const std::size_t batch = given("batch", size_between(2, 4));
    const std::size_t input_size = given("input_size", size_between(2, 5));
    LSTMCell cell = given_cell(input_size, 3);
    const Matrix x = given("x", normal({batch, input_size}));
    const LSTMState state = given_state("state", batch, 3);
    LSTMCell::Cache cache;
    const LSTMState next = cell.forward(x, state, cache);
    observe_state("next", next, close(input_size + 3));
    observe("cache.x", cache.x);
    observe("cache.h", cache.h);
    const LSTMState after = cell.forward(given("x of the next step", normal({batch, input_size})), next, cache);
    observe_state("after", after, close(input_size + 3));
  }

  TEST_CASE("6.2 LSTMCell::backward" * points(8)) {
    const std::size_t batch = given("batch", size_between(2, 3));
    const std::size_t input_size = given("input_size", size_between(4, 5));
    LSTMCell cell = given_cell(input_size, 3);
    Matrix x = given("x", normal({batch, input_size}));
    LSTMState state = given_state("state", batch, 3);
    const LSTMState dnext = given_state("dnext", batch, 3);
    LSTMCell::Cache cache, other;
    cell.forward(x, state, cache);
    cell.forward(given("x of another call", normal({1, input_size})), given_state("another state", 1, 3), other);
    const LSTMCell::Gradients gradients = cell.backward(dnext, cache);
    observe("dx", gradients.dx, close(12));
    observe_state("dstate", gradients.dstate, close(12));
    observe("dweight_ih", cell.weight_ih.grad, close(batch));
    observe("dweight_hh", cell.weight_hh.grad, close(batch));
    observe("dbias", cell.bias.grad, close(batch));

    const auto loss = [&] { return project(cell.forward(x, state, other), dnext); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(gradients.dx)),
                  "dx is the gradient of the loss with respect to x");
    CHECK_MESSAGE(check_gradient(loss, values(state.h), values(gradients.dstate.h)),
                  "dstate.h is the gradient of the loss with respect to h");
    CHECK_MESSAGE(check_gradient(loss, values(state.c), values(gradients.dstate.c)),
                  "dstate.c is the gradient of the loss with respect to c");
    CHECK_MESSAGE(check_gradient(loss, values(cell.weight_ih.value), values(cell.weight_ih.grad)),
                  "weight_ih.grad is the gradient of the loss with respect to weight_ih");
    CHECK_MESSAGE(check_gradient(loss, values(cell.weight_hh.value), values(cell.weight_hh.grad)),
                  "weight_hh.grad is the gradient of the loss with respect to weight_hh");
    CHECK_MESSAGE(check_gradient(loss, values(cell.bias.value), values(cell.bias.grad)),
                  "bias.grad is the gradient of the loss with respect to the bias");
  }

  TEST_CASE("6.2 LSTMCell::backward adds to the gradients" * points(3)) {
    // Two steps by hand, backwards: what the second sends back goes into the first
    LSTMCell cell = given_cell(2, 3);
    cell.weight_ih.grad = given("dweight_ih before", normal({2, 12}));
    cell.weight_hh.grad = given("dweight_hh before", normal({3, 12}));
    cell.bias.grad = given("dbias before", normal({12}));
    LSTMCell::Cache first, second;
    const LSTMState middle =
        cell.forward(given("x of the first step", normal({2, 2})), given_state("state", 2, 3), first);
    cell.forward(given("x of the second step", normal({2, 2})), middle, second);
    const LSTMState dmiddle = cell.backward(given_state("dlast", 2, 3), second).dstate;
    observe_state("dmiddle", dmiddle, close(12));
    observe_state("dstate", cell.backward(dmiddle, first).dstate, close(144));
    observe("dweight_ih", cell.weight_ih.grad, close(12));
    observe("dweight_hh", cell.weight_hh.grad, close(12));
    observe("dbias", cell.bias.grad, close(12));
  }

  TEST_CASE("6.2 LSTMCell at the edges" * points(1)) {
    LSTMCell cell = given_cell(1, 1);
    LSTMCell::Cache cache;
    const LSTMState next = cell.forward(given("x", normal({1, 1})), given_state("state", 1, 1), cache);
    observe_state("next of one number", next, close(2));
    const LSTMCell::Gradients gradients = cell.backward(given_state("dnext", 1, 1), cache);
    observe("dx of one number", gradients.dx, close(4));
    observe_state("dstate of one number", gradients.dstate, close(4));
  }

  TEST_CASE("6.2 LSTMCell refuses what does not fit" * points(1)) {
    LSTMCell cell = given_cell(2, 3);
    LSTMCell::Cache cache, other;
    observe("h_next", cell.forward(given("x", normal({2, 2})), given_state("state", 2, 3), cache).h, close(5));
    observe("forward throws for 3 inputs", thrown<ShapeError>([&] {
              cell.forward(zeros({2, 3}), zero_state(2, 3), other);
            }));
    observe("forward throws for a state of another batch", thrown<ShapeError>([&] {
              cell.forward(zeros({2, 2}), zero_state(1, 3), other);
            }));
    observe("forward throws for another hidden_size", thrown<ShapeError>([&] {
              cell.forward(zeros({2, 2}), zero_state(2, 4), other);
            }));
    observe("backward throws for another batch", thrown<ShapeError>([&] { cell.backward(zero_state(1, 3), cache); }));
  }

  TEST_CASE("6.3 LSTM::forward" * points(6)) {
    const std::size_t time = given("time", size_between(3, 5));
    const std::size_t batch = given("batch", size_between(2, 3));
    LSTM lstm = given_lstm(2, 3);
    const Tensor3 x = given("x", normal({time, batch, 2}));
    const LSTMState start = given_state("start", batch, 3);
    LSTM::Cache cache;
    const Tensor3 y = lstm.forward(x, start, cache);
    observe("y", y, close(25));
    observe("cache.h", cache.h, close(25));
    observe("cache.c", cache.c, close(25));
    observe_state("final", final_state(cache), close(25));

    // The cell, step by step
    LSTMCell::Cache step;
    LSTMState state = start;
    for (std::size_t t = 0; t < time; ++t) {
      state = lstm.cell.forward(merge_leading(time_steps(x, t, 1)), state, step);
    }
    CHECK_MESSAGE(xt::allclose(final_state(cache).c, state.c), "LSTM::forward does what LSTMCell does, step by step");
  }

  TEST_CASE("6.3 LSTM::forward of one step and one row" * points(1)) {
    LSTM lstm = given_lstm(2, 3);
    LSTM::Cache cache;
    observe("y of one step", lstm.forward(given("one step", normal({1, 2, 2})), given_state("start", 2, 3), cache),
            close(5));
    observe("y of one row",
            lstm.forward(given("one row", normal({4, 1, 2})), given_state("start of one row", 1, 3), cache), close(20));
  }

  TEST_CASE("6.3 final_state carries a text from window to window" * points(3)) {
    LSTM lstm = given_lstm(2, 3);
    const Tensor3 x = given("x", normal({7, 2, 2}));
    LSTM::Cache first, second;
    lstm.forward(time_steps(x, 0, 3), given_state("start", 2, 3), first);
    const LSTMState middle = final_state(first);
    observe_state("state after three steps", middle, close(15));
    observe("y of the second window", lstm.forward(time_steps(x, 3, 4), middle, second), close(35));
    observe_state("state after seven steps", final_state(second), close(35));
  }

  TEST_CASE("6.3 LSTM::backward" * points(9)) {
    const std::size_t time = given("time", size_between(3, 4));
    LSTM lstm = given_lstm(2, 3);
    Tensor3 x = given("x", normal({time, 2, 2}));
    LSTMState start = given_state("start", 2, 3);
    const Tensor3 dy = given("dy", normal({time, 2, 3}));
    LSTM::Cache cache, other;
    lstm.forward(x, start, cache);
    lstm.forward(given("x of another call", normal({2, 1, 2})), given_state("another start", 1, 3), other);
    const LSTM::Gradients gradients = lstm.backward(dy, cache);
    observe("dx", gradients.dx, close(100));
    observe_state("dstart", gradients.dstart, close(100));
    observe("dweight_ih", lstm.cell.weight_ih.grad, close(100));
    observe("dweight_hh", lstm.cell.weight_hh.grad, close(100));
    observe("dbias", lstm.cell.bias.grad, close(100));

    const auto loss = [&] { return project(values(lstm.forward(x, start, other)), values(dy)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(gradients.dx)),
                  "dx is the gradient of the loss with respect to x");
    CHECK_MESSAGE(check_gradient(loss, values(start.c), values(gradients.dstart.c)),
                  "dstart.c is the gradient of the loss with respect to the first cell");
    CHECK_MESSAGE(check_gradient(loss, values(lstm.cell.weight_hh.value), values(lstm.cell.weight_hh.grad)),
                  "weight_hh.grad is the gradient of the loss with respect to weight_hh");
    CHECK_MESSAGE(check_gradient(loss, values(lstm.cell.bias.value), values(lstm.cell.bias.grad)),
                  "bias.grad is the gradient of the loss with respect to the bias");
  }

  TEST_CASE("6.3 LSTM::backward from the last step alone" * points(2)) {
    // What the first steps get has come all the way through the cells
    LSTM lstm = given_lstm(2, 3);
    const Tensor3 x = given("x", normal({6, 2, 2}));
    Tensor3 dy = zeros({6, 2, 3});
    const Matrix dlast = given("dy of the last step", normal({2, 3}));
    std::ranges::copy(dlast, time_step(dy, 5).begin());
    LSTM::Cache cache;
    lstm.forward(x, zero_state(2, 3), cache);
    const LSTM::Gradients gradients = lstm.backward(dy, cache);
    observe("dx", gradients.dx, close(100));
    observe("dstart.c", gradients.dstart.c, close(100));
  }

  TEST_CASE("6.3 LSTM::backward adds to the gradients" * points(2)) {
    LSTM lstm = given_lstm(2, 3);
    lstm.cell.weight_ih.grad = given("dweight_ih before", normal({2, 12}));
    lstm.cell.weight_hh.grad = given("dweight_hh before", normal({3, 12}));
    lstm.cell.bias.grad = given("dbias before", normal({12}));
    LSTM::Cache first, second;
    lstm.forward(given("x of the first call", normal({3, 2, 2})), given_state("first start", 2, 3), first);
    lstm.forward(given("x of the second call", normal({2, 1, 2})), given_state("second start", 1, 3), second);
    lstm.backward(given("dy of the second call", normal({2, 1, 3})), second);
    lstm.backward(given("dy of the first call", normal({3, 2, 3})), first);
    observe("dweight_ih", lstm.cell.weight_ih.grad, close(100));
    observe("dweight_hh", lstm.cell.weight_hh.grad, close(100));
    observe("dbias", lstm.cell.bias.grad, close(100));
  }

  TEST_CASE("6.3 LSTM refuses what does not fit" * points(1)) {
    LSTM lstm = given_lstm(2, 3);
    LSTM::Cache cache, other;
    observe("y", lstm.forward(given("x", normal({2, 2, 2})), given_state("start", 2, 3), cache), close(10));
    observe("forward throws for no steps", thrown<ShapeError>([&] {
              lstm.forward(zeros({0, 2, 2}), zero_state(2, 3), other);
            }));
    observe("forward throws for 3 inputs", thrown<ShapeError>([&] {
              lstm.forward(zeros({2, 2, 3}), zero_state(2, 3), other);
            }));
    observe("forward throws for a state of another batch", thrown<ShapeError>([&] {
              lstm.forward(zeros({2, 2, 2}), zero_state(3, 3), other);
            }));
    observe("backward throws for one step too many", thrown<ShapeError>([&] {
              lstm.backward(zeros({3, 2, 3}), cache);
            }));
  }
}  // TEST_SUITE

}  // namespace nn
