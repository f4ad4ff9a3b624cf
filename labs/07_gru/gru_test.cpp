#include "07_gru/gru.hpp"

#include <cmath>
#include <limits>

#include "02_mlp/mlp.hpp"
#include "07_gru/given_layers.hpp"
#include "blas/matmul.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "testing/testing.hpp"

// Tasks 7.1 to 7.3; seq2seq_test.cpp has the others.
//
// In every test the observations come first: they are what is graded. The CHECKs after them are examples small enough
// to do by hand, properties that must hold, and gradients compared with finite differences.

namespace nn {

TEST_SUITE("07_gru") {
  TEST_CASE("7.1 GRUCell starts with orthogonal recurrent weights" * points(2)) {
    const std::size_t input_size = given("input_size", size_between(2, 4));
    const std::size_t hidden_size = given("hidden_size", size_between(3, 4));
    Random random = given_random("random");
    const GRUCell cell(input_size, hidden_size, random);
    observe("weight_ih", cell.weight_ih.value);
    observe("weight_hh", cell.weight_hh.value);
    observe("bias", cell.bias.value);
    const Matrix product = matmul_nt(cell.weight_hh.value, cell.weight_hh.value);
    CHECK_MESSAGE(std::abs(product(0, 0) - 1) < 1e-9, "the rows of weight_hh have norm 1");
    CHECK_MESSAGE(std::abs(product(0, 1)) < 1e-9, "and are at right angles");
  }

  TEST_CASE("7.1 GRUCell::forward" * points(10)) {
    const std::size_t batch = given("batch", size_between(2, 4));
    const std::size_t input_size = given("input_size", size_between(2, 3));
    const std::size_t hidden_size = given("hidden_size", size_between(4, 6));
    GRUCell cell = given_cell(input_size, hidden_size);
    const Matrix x = given("x", normal({batch, input_size}));
    const Matrix h = given("h", uniform({batch, hidden_size}, -1, 1));
    GRUCell::Cache cache, of_zeros;
    observe("h_next", cell.forward(x, h, cache), close(input_size + hidden_size));
    observe("cache.gates", cache.gates, close(input_size + hidden_size));
    observe("cache.reset_h", cache.reset_h, close(input_size + hidden_size));
    observe("h_next of a state of zeros", cell.forward(x, zeros({batch, hidden_size}), of_zeros), close(input_size));

    CHECK_MESSAGE(xt::all(xt::abs(cache.gates) < 1), "gates are between 0 and 1, the candidate between -1 and 1");
    cell.bias.value.fill(0);
    cell.weight_ih.value.fill(0);
    cell.weight_hh.value.fill(0);
    const Matrix half = cell.forward(x, h, cache);
    CHECK_MESSAGE(std::abs(half(0, 0) - h(0, 0) / 2) < 1e-12, "if all weights are 0: half of the state, half of 0");
  }

  TEST_CASE("7.1 GRUCell keeps its state if z is 0 and replaces it if z is 1" * points(4)) {
    const std::size_t hidden_size = 3;
    GRUCell cell = given_cell(2, hidden_size);
    const Matrix x = given("x", normal({2, 2}));
    const Matrix h = given("h", uniform({2, hidden_size}, -1, 1));
    GRUCell::Cache cache;
    const auto with_gates = [&](Real reset, Real update) {
      for (std::size_t k = 0; k < hidden_size; ++k) {
        cell.bias.value(k) = reset;
        cell.bias.value(hidden_size + k) = update;
      }
      return cell.forward(x, h, cache);
    };
    observe("h_next if the state is kept", with_gates(0, -100), close(5));
    observe("h_next if the state is replaced", with_gates(100, 100), close(5));
    observe("h_next if the candidate does not see the state", with_gates(-100, 100), close(5));
    CHECK_MESSAGE(xt::allclose(with_gates(0, -100), h), "with z = 0 the state stays");
  }

  TEST_CASE("7.2 GRUCell::backward" * points(12)) {
    const std::size_t batch = given("batch", size_between(3, 4));
    const std::size_t input_size = given("input_size", size_between(2, 3));
    const std::size_t hidden_size = given("hidden_size", size_between(4, 5));
    GRUCell cell = given_cell(input_size, hidden_size);
    Matrix x = given("x", normal({batch, input_size}));
    Matrix h = given("h", uniform({batch, hidden_size}, -1, 1));
    const Matrix dh_next = given("dh_next", normal({batch, hidden_size}));
    GRUCell::Cache cache;
    cell.forward(x, h, cache);
    const auto [dx, dh] = cell.backward(dh_next, cache);
    observe("dx", dx, close(3 * hidden_size));
    observe("dh", dh, close(3 * hidden_size));
    observe_gradients(cell, batch * hidden_size);

    const auto loss = [&] { return project(values(cell.forward(x, h, cache)), values(dh_next)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient of the loss with respect to x");
    CHECK_MESSAGE(check_gradient(loss, values(h), values(dh)), "dh is the gradient of the loss with respect to h");
    check_gradients(loss, cell.parameters());
  }

  TEST_CASE("7.2 GRUCell::backward adds to the gradients" * points(4)) {
    GRUCell cell = given_cell(2, 3);
    cell.weight_ih.grad = given("dweight_ih before", normal({2, 9}));
    cell.weight_hh.grad = given("dweight_hh before", normal({3, 9}));
    cell.bias.grad = given("dbias before", normal({9}));
    GRUCell::Cache first, second;
    cell.forward(given("x of the first call", normal({2, 2})), given("h of the first call", normal({2, 3})), first);
    cell.forward(given("x of the second call", normal({1, 2})), given("h of the second call", normal({1, 3})), second);
    observe("dh of the second call", cell.backward(given("dh_next of the second call", normal({1, 3})), second).dh,
            close(9));
    observe("dh of the first call", cell.backward(given("dh_next of the first call", normal({2, 3})), first).dh,
            close(9));
    observe_gradients(cell, 9);
  }

  TEST_CASE("7.3 GRU::forward" * points(7)) {
    const std::size_t time = given("time", size_between(4, 6));
    const std::size_t input_size = given("input_size", size_between(2, 3));
    const std::size_t hidden_size = given("hidden_size", size_between(4, 5));
    GRU gru = given_gru(input_size, hidden_size);
    const Tensor3 x = given("x", normal({time, 3, input_size}));
    const Matrix h0 = given("h0", uniform({3, hidden_size}, -1, 1));
    IdVector lengths = given("lengths", nn::lengths(3, time - 2));
    lengths(1) = time;
    GRU::Cache cache;
    const Tensor3 y = gru.forward(x, lengths, h0, cache);
    observe("y", y, within(1e-9));
    observe("cache.h", cache.h, within(1e-9));
    observe("final_state", final_state(cache), within(1e-9));

    GRUCell::Cache step;
    Matrix h = h0;
    for (std::size_t t = 0; t < time; ++t) {
      h = gru.cell.forward(Matrix(xt::view(x, t)), h, step);
    }
    CHECK_MESSAGE(xt::allclose(xt::view(y, time - 1, 1), xt::row(h, 1)), "a sequence without padding: step by step");
    CHECK_MESSAGE(xt::all(xt::equal(xt::view(y, time - 1, 0), xt::view(y, lengths(0) - 1, 0))),
                  "behind its end a sequence keeps its state");
  }

  TEST_CASE("7.3 GRU does not see padding" * points(4)) {
    const std::size_t time = 5;
    GRU gru = given_gru(2, 3);
    const Tensor3 x = given("x", normal({time, 3, 2}));
    const IdVector lengths = given("lengths", nn::lengths(3, time - 1));
    const Matrix h0 = given("h0", uniform({3, 3}, -1, 1));
    const Tensor3 dy = given("dy", normal({time, 3, 3}));
    Tensor3 other = x;
    for (std::size_t t = 0; t < time; ++t) {
      for (std::size_t b = 0; b < 3; ++b) {
        if (t >= lengths(b)) {
          other(t, b, 0) = 1000;
          other(t, b, 1) = std::numeric_limits<Real>::quiet_NaN();
        }
      }
    }
    GRU::Cache cache;
    const Tensor3 y = gru.forward(x, lengths, h0, cache);
    const GRU::Gradients gradients = gru.backward(dy, cache);
    const Tensor<2> dweight = gru.cell.weight_ih.grad;
    observe("y", y, within(1e-9));
    observe("dx", gradients.dx, within(1e-9));
    zero_grad(gru.parameters());
    observe("y is the same bit for bit with other padding", gru.forward(other, lengths, h0, cache) == y);
    const GRU::Gradients again = gru.backward(dy, cache);
    observe("dx is the same", again.dx == gradients.dx);
    observe("dh0 is the same", again.dh0 == gradients.dh0);
    observe("dweight_ih is the same", gru.cell.weight_ih.grad == dweight);
  }

  TEST_CASE("7.3 GRU::backward" * points(10)) {
    const std::size_t time = given("time", size_between(4, 5));
    const std::size_t input_size = given("input_size", size_between(2, 3));
    const std::size_t hidden_size = given("hidden_size", size_between(3, 4));
    GRU gru = given_gru(input_size, hidden_size);
    Tensor3 x = given("x", normal({time, 3, input_size}));
    Matrix h0 = given("h0", uniform({3, hidden_size}, -1, 1));
    IdVector lengths = given("lengths", nn::lengths(3, time - 2));
    lengths(1) = time;
    const Tensor3 dy = given("dy", normal({time, 3, hidden_size}));
    GRU::Cache cache;
    gru.forward(x, lengths, h0, cache);
    const auto [dx, dh0] = gru.backward(dy, cache);
    observe("dx", dx, within(1e-9));
    observe("dh0", dh0, within(1e-9));
    observe("dweight_ih", gru.cell.weight_ih.grad, within(1e-9));
    observe("dweight_hh", gru.cell.weight_hh.grad, within(1e-9));
    observe("dbias", gru.cell.bias.grad, within(1e-9));

    const auto loss = [&] { return project(values(gru.forward(x, lengths, h0, cache)), values(dy)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient of the loss with respect to x");
    CHECK_MESSAGE(check_gradient(loss, values(h0), values(dh0)), "dh0 is the gradient of the loss with respect to h0");
    check_gradients(loss, gru.parameters());
  }

  TEST_CASE("7.3 GRU::backward adds to the gradients" * points(2)) {
    GRU gru = given_gru(2, 3);
    gru.cell.weight_ih.grad = given("dweight_ih before", normal({2, 9}));
    gru.cell.weight_hh.grad = given("dweight_hh before", normal({3, 9}));
    gru.cell.bias.grad = given("dbias before", normal({9}));
    const IdVector lengths = {2, 3};
    GRU::Cache cache;
    gru.forward(given("x", normal({3, 2, 2})), lengths, given("h0", normal({2, 3})), cache);
    gru.backward(given("dy", normal({3, 2, 3})), cache);
    observe("dweight_ih", gru.cell.weight_ih.grad, within(1e-9));
    observe("dweight_hh", gru.cell.weight_hh.grad, within(1e-9));
    observe("dbias", gru.cell.bias.grad, within(1e-9));
  }

  TEST_CASE("7.3 GRU refuses other shapes and lengths" * points(2)) {
    GRU gru = given_gru(2, 3);
    GRU::Cache cache, other;
    const Tensor3 x = given("x", normal({4, 2, 2}));
    const Matrix h0 = given("h0", normal({2, 3}));
    observe("y", gru.forward(x, IdVector{4, 2}, h0, cache), within(1e-9));
    const auto forward = [&](const IdVector& lengths, const Matrix& state) { gru.forward(x, lengths, state, other); };
    observe("throws for a length of 0", thrown<ShapeError>([&] { forward({4, 0}, h0); }));
    observe("throws for a length of 5", thrown<ShapeError>([&] { forward({5, 2}, h0); }));
    observe("throws for 1 length", thrown<ShapeError>([&] { forward({4}, h0); }));
    observe("throws for a state of 1 row", thrown<ShapeError>([&] { forward({4, 2}, zeros({1, 3})); }));
    observe("throws for dy of 3 steps", thrown<ShapeError>([&] { gru.backward(zeros({3, 2, 3}), cache); }));
  }
}

}  // namespace nn
