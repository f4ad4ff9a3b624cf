#include "05_rnn/rnn.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "05_rnn/given_layers.hpp"
#include "blas/matmul.hpp"
#include "tensor/reshape.hpp"
#include "testing/testing.hpp"

// Tasks 5.1 and 5.2; windows_test.cpp has 5.3, bidirectional_test.cpp 5.4, character_model_test.cpp 5.5 and 5.6.
//
// In every test the observations come first: they are what is graded. The CHECKs after them are examples small enough
// to do by hand, properties that must hold, and gradients compared with finite differences.

namespace nn {

TEST_SUITE("05_rnn") {
  TEST_CASE("5.1 RNNCell starts with an orthogonal recurrent weight" * points(2)) {
    const std::size_t input_size = given("input_size", size_between(2, 4));
    const std::size_t hidden_size = given("hidden_size", size_between(5, 6));
    Random random = given_random("random");
    const RNNCell cell(input_size, hidden_size, random);
    observe("weight_ih", cell.weight_ih.value);
    observe("weight_hh", cell.weight_hh.value);
    observe("bias", cell.bias.value);
    const Matrix product = matmul_tn(cell.weight_hh.value, cell.weight_hh.value);
    CHECK_MESSAGE(std::abs(product(0, 0) - 1) < 1e-9, "the columns of weight_hh have norm 1");
    CHECK_MESSAGE(std::abs(product(0, 1)) < 1e-9, "and are at right angles");
  }

  TEST_CASE("5.1 RNNCell::forward" * points(5)) {
    const std::size_t batch = given("batch", size_between(2, 4));
    const std::size_t input_size = given("input_size", size_between(2, 3));
    const std::size_t hidden_size = given("hidden_size", size_between(4, 6));
    RNNCell cell = given_cell(input_size, hidden_size);
    const Matrix x = given("x", normal({batch, input_size}));
    const Matrix h = given("h", uniform({batch, hidden_size}, -1, 1));
    RNNCell::Cache cache;
    observe("h_next", cell.forward(x, h, cache), close(input_size + hidden_size));
    observe("cache.x", cache.x);
    observe("cache.h", cache.h);
    observe("cache.h_next", cache.h_next, close(input_size + hidden_size));
    observe("h_next of a state of zeros", cell.forward(x, zeros({batch, hidden_size}), cache), close(input_size));

    RNNCell one = given_cell(1, 1, "one unit: ");
    one.weight_ih.value(0, 0) = 1;
    one.weight_hh.value(0, 0) = Real(0.5);
    one.bias.value(0) = 0;
    CHECK_MESSAGE(std::abs(one.forward(Matrix{{2}}, Matrix{{-4}}, cache)(0, 0)) < 1e-12, "tanh(2 * 1 - 4 * 0.5) = 0");
    CHECK_MESSAGE(std::abs(one.forward(Matrix{{1}}, Matrix{{0}}, cache)(0, 0) - 0.7616) < 1e-4, "tanh(1) = 0.7616");
  }

  TEST_CASE("5.1 RNNCell::backward" * points(6)) {
    const std::size_t batch = given("batch", size_between(3, 4));
    const std::size_t input_size = given("input_size", size_between(2, 3));
    const std::size_t hidden_size = given("hidden_size", size_between(4, 5));
    RNNCell cell = given_cell(input_size, hidden_size);
    Matrix x = given("x", normal({batch, input_size}));
    Matrix h = given("h", uniform({batch, hidden_size}, -1, 1));
    const Matrix dh_next = given("dh_next", normal({batch, hidden_size}));
    RNNCell::Cache cache;
    cell.forward(x, h, cache);
    const RNNCell::Gradients gradients = cell.backward(dh_next, cache);
    observe("dx", gradients.dx, close(hidden_size));
    observe("dh", gradients.dh, close(hidden_size));
    observe_gradients(cell, batch);

    const auto loss = [&] { return project(values(cell.forward(x, h, cache)), values(dh_next)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(gradients.dx)),
                  "dx is the gradient of the loss with respect to x");
    CHECK_MESSAGE(check_gradient(loss, values(h), values(gradients.dh)),
                  "dh is the gradient of the loss with respect to h");
    check_gradients(loss, cell);
  }

  TEST_CASE("5.1 RNNCell::backward adds to the gradients" * points(2)) {
    RNNCell cell = given_cell(2, 3);
    cell.weight_ih.grad = given("dweight_ih before", normal({2, 3}));
    cell.weight_hh.grad = given("dweight_hh before", normal({3, 3}));
    cell.bias.grad = given("dbias before", normal({3}));
    RNNCell::Cache first, second;
    cell.forward(given("x of the first call", normal({2, 2})), given("h of the first call", normal({2, 3})), first);
    cell.forward(given("x of the second call", normal({1, 2})), given("h of the second call", normal({1, 3})), second);
    observe("dh of the second call", cell.backward(given("dh_next of the second call", normal({1, 3})), second).dh,
            close(3));
    observe("dh of the first call", cell.backward(given("dh_next of the first call", normal({2, 3})), first).dh,
            close(3));
    observe_gradients(cell, 4);
  }

  TEST_CASE("5.1 RNNCell refuses other shapes" * points(1)) {
    RNNCell cell = given_cell(2, 3);
    RNNCell::Cache cache, other;
    observe("h_next", cell.forward(given("x", normal({4, 2})), given("h", normal({4, 3})), cache), close(5));
    const auto forward = [&](const Matrix& x, const Matrix& h) { cell.forward(x, h, other); };
    const auto backward = [&](const Matrix& dh_next) { cell.backward(dh_next, cache); };
    observe("forward throws for x of 3 columns", thrown<ShapeError>([&] { forward(zeros({4, 3}), zeros({4, 3})); }));
    observe("forward throws for h of 2 columns", thrown<ShapeError>([&] { forward(zeros({4, 2}), zeros({4, 2})); }));
    observe("forward throws for h of 1 row", thrown<ShapeError>([&] { forward(zeros({4, 2}), zeros({1, 3})); }));
    observe("backward throws for 1 row", thrown<ShapeError>([&] { backward(zeros({1, 3})); }));
    observe("backward throws for 2 columns", thrown<ShapeError>([&] { backward(zeros({4, 2})); }));
  }

  TEST_CASE("5.2 RNN::forward" * points(7)) {
    const std::size_t time = given("time", size_between(4, 6));
    const std::size_t batch = given("batch", size_between(2, 3));
    const std::size_t input_size = given("input_size", size_between(2, 3));
    const std::size_t hidden_size = given("hidden_size", size_between(4, 5));
    RNN rnn = given_rnn(input_size, hidden_size);
    const Tensor3 x = given("x", normal({time, batch, input_size}));
    const Matrix h0 = given("h0", uniform({batch, hidden_size}, -1, 1));
    RNN::Cache cache;
    const Tensor3 y = rnn.forward(x, h0, cache);
    observe("y", y, close(hidden_size));
    observe("cache.x", cache.x);
    observe("cache.states", cache.states, close(hidden_size));

    RNNCell::Cache step;
    Matrix h = h0;
    for (std::size_t t = 0; t < time; ++t) {
      h = rnn.cell.forward(xt::view(x, t), h, step);
    }
    const Matrix last = xt::view(y, time - 1);
    CHECK_MESSAGE(xt::allclose(last, h), "the last of y is what the cell makes step by step");
  }

  TEST_CASE("5.2 RNN::forward of one step and of one row" * points(2)) {
    RNN rnn = given_rnn(2, 3);
    const Matrix h0 = given("h0", uniform({3, 3}, -1, 1));
    const Matrix h0_of_one = given("h0 of one row", uniform({1, 3}, -1, 1));
    RNN::Cache cache;
    observe("y of one step", rnn.forward(given("x of one step", normal({1, 3, 2})), h0, cache), close(5));
    observe("y of one row", rnn.forward(given("x of one row", normal({5, 1, 2})), h0_of_one, cache), close(5));
    const auto [dx, dh0] = rnn.backward(given("dy of one row", normal({5, 1, 3})), cache);
    observe("dx of one row", dx, close(5));
    observe("dh0 of one row", dh0, close(5));
  }

  TEST_CASE("5.2 RNN::backward" * points(10)) {
    const std::size_t time = given("time", size_between(4, 6));
    const std::size_t batch = given("batch", size_between(2, 3));
    const std::size_t input_size = given("input_size", size_between(2, 3));
    const std::size_t hidden_size = given("hidden_size", size_between(4, 5));
    RNN rnn = given_rnn(input_size, hidden_size);
    Tensor3 x = given("x", normal({time, batch, input_size}));
    Matrix h0 = given("h0", uniform({batch, hidden_size}, -1, 1));
    const Tensor3 dy = given("dy", normal({time, batch, hidden_size}));
    RNN::Cache cache;
    rnn.forward(x, h0, cache);
    const RNN::Gradients gradients = rnn.backward(dy, cache);
    observe("dx", gradients.dx, close(hidden_size * time));
    observe("dh0", gradients.dh0, close(hidden_size * time));
    observe_gradients(rnn.cell, time * batch);

    const auto loss = [&] { return project(values(rnn.forward(x, h0, cache)), values(dy)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(gradients.dx)),
                  "dx is the gradient of the loss with respect to x");
    CHECK_MESSAGE(check_gradient(loss, values(h0), values(gradients.dh0)),
                  "dh0 is the gradient of the loss with respect to h0");
    check_gradients(loss, rnn.cell);
  }

  TEST_CASE("5.2 RNN::backward adds to the gradients" * points(3)) {
    RNN rnn = given_rnn(2, 3);
    rnn.cell.weight_ih.grad = given("dweight_ih before", normal({2, 3}));
    rnn.cell.weight_hh.grad = given("dweight_hh before", normal({3, 3}));
    rnn.cell.bias.grad = given("dbias before", normal({3}));
    RNN::Cache first, second;
    rnn.forward(given("x of the first call", normal({3, 2, 2})), given("h0 of the first call", normal({2, 3})), first);
    rnn.forward(given("x of the second call", normal({2, 1, 2})), zeros({1, 3}), second);
    observe("dh0 of the second call", rnn.backward(given("dy of the second call", normal({2, 1, 3})), second).dh0,
            close(6));
    observe("dh0 of the first call", rnn.backward(given("dy of the first call", normal({3, 2, 3})), first).dh0,
            close(9));
    observe_gradients(rnn.cell, 10);
  }

  TEST_CASE("5.2 RNN refuses other shapes" * points(1)) {
    RNN rnn = given_rnn(2, 3);
    RNN::Cache cache, other;
    observe("y", rnn.forward(given("x", normal({3, 4, 2})), given("h0", normal({4, 3})), cache), close(5));
    const auto forward = [&](const Tensor3& x, const Matrix& h0) { rnn.forward(x, h0, other); };
    const auto backward = [&](const Tensor3& dy) { rnn.backward(dy, cache); };
    observe("forward throws for x of 3 features", thrown<ShapeError>([&] {
              forward(zeros({3, 4, 3}), zeros({4, 3}));
            }));
    observe("forward throws for h0 of 1 row", thrown<ShapeError>([&] { forward(zeros({3, 4, 2}), zeros({1, 3})); }));
    observe("forward throws for no steps", thrown<ShapeError>([&] { forward(zeros({0, 4, 2}), zeros({4, 3})); }));
    observe("backward throws for 2 steps", thrown<ShapeError>([&] { backward(zeros({2, 4, 3})); }));
    observe("backward throws for 4 steps", thrown<ShapeError>([&] { backward(zeros({4, 4, 3})); }));
    observe("backward throws for 1 row", thrown<ShapeError>([&] { backward(zeros({3, 1, 3})); }));
  }

  TEST_CASE("5.2 an RNN learns to remember" * points(3)) {
    // After five steps, the state should say what the first input was
    const std::size_t time = 5, batch = 16, hidden_size = 6;
    Random random = given_random("random");
    RNN rnn(2, hidden_size, random);
    const Tensor3 x = given("x", normal({time, batch, 2}));
    const Matrix h0 = zeros({batch, hidden_size});
    Matrix target = zeros({batch, hidden_size});
    for (std::size_t b = 0; b < batch; ++b) {
      target(b, 0) = std::tanh(x(0, b, 0));
    }
    Vector losses = zeros({60});
    RNN::Cache cache;
    for (Real& loss : losses) {
      const Tensor3 y = rnn.forward(x, h0, cache);
      const Matrix last = xt::view(y, time - 1);
      loss = mse_loss(last, target);
      Tensor3 dy = zeros({time, batch, hidden_size});
      std::ranges::copy(mse_loss_backward(last, target), time_step(dy, time - 1).begin());
      zero_grad(rnn.parameters());
      rnn.backward(dy, cache);
      sgd_step(rnn.parameters(), 1);
    }
    // Later losses are left out: training magnifies the smallest difference in rounding
    observe("first losses", Vector(xt::view(losses, xt::range(0, 20))), within(1e-6));
    CHECK_MESSAGE(losses(59) < losses(0) / 2, "the loss falls to less than half");
  }
}  // TEST_SUITE

}  // namespace nn
