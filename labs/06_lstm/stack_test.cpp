#include "06_lstm/stack.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "03_optimizers/optimizers.hpp"
#include "06_lstm/given_layers.hpp"
#include "tensor/reshape.hpp"
#include "testing/testing.hpp"

// Tasks 6.4 and 6.5; gates_test.cpp says how to read a test.

namespace nn {

namespace {

/// A stack with given parameters.
StackedLSTM given_stack(std::size_t num_layers, Real dropout_probability) {
  Random random = given_random("random");
  StackedLSTM stack(2, 3, num_layers, dropout_probability, random);
  give_parameters(stack);
  return stack;
}

SequenceClassifier given_classifier(std::size_t num_layers, Real dropout_probability) {
  Random random = given_random("random");
  SequenceClassifier model({.input_size = 2,
                            .hidden_size = 3,
                            .num_layers = num_layers,
                            .classes = 4,
                            .dropout_probability = dropout_probability},
                           random);
  give_parameters(model.lstm);
  model.output.weight.value = given("output.weight", normal({3, 4}));
  model.output.bias.value = given("output.bias", normal({4}));
  zero_grad(model.parameters());
  return model;
}

std::vector<LSTMState> given_states(const std::string& name, std::size_t count, std::size_t batch) {
  std::vector<LSTMState> states;
  for (std::size_t i = 0; i < count; ++i) {
    states.push_back(given_state(name + std::to_string(i), batch, 3));
  }
  return states;
}

void observe_states(const std::string& name, const std::vector<LSTMState>& states,
                    const SourceLocation& where = SourceLocation::current()) {
  for (std::size_t i = 0; i < states.size(); ++i) {
    observe_state(name + std::to_string(i), states[i], close(100), where);
  }
}

std::string names_of(const ParameterList& parameters) {
  std::string names;
  for (const ParameterRef& parameter : parameters) {
    names += parameter.name() + shape_text(parameter.shape()) + " ";
  }
  return names;
}

/// One length for each of four sequences, in a random order: 1, `time`, and two between them.
auto mixed_lengths(std::size_t time) {
  return [time](Random& random) {
    IdVector drawn{1, time, 2 + random.below(time - 2), 2 + random.below(time - 2)};
    random.shuffle(std::span<Id>(drawn.data(), drawn.size()));
    return drawn;
  };
}

/// Sequences of symbols 0 to 3, one-hot, whose first symbol is the label: (time, labels.size(), 4).
Tensor3 sequences_of(const IdVector& labels, const IdMatrix& symbols) {
  Tensor3 x = zeros({symbols.shape(0), labels.size(), 4});
  for (std::size_t b = 0; b < labels.size(); ++b) {
    x(0, b, labels(b)) = 1;
    for (std::size_t t = 1; t < symbols.shape(0); ++t) {
      x(t, b, symbols(t, b)) = 1;
    }
  }
  return x;
}

}  // namespace

TEST_SUITE("06_lstm") {
  TEST_CASE("6.4 StackedLSTM makes its layers" * points(2)) {
    Random random = given_random("random");
    StackedLSTM stack(4, 2, 2, 0, random);
    const std::string expected =
        "layer0.weight_ih(4, 8) layer0.weight_hh(2, 8) layer0.bias(8,) "
        "layer1.weight_ih(2, 8) layer1.weight_hh(2, 8) layer1.bias(8,) ";
    observe("names and shapes are right", names_of(stack.parameters()) == expected);
    CHECK_MESSAGE(names_of(stack.parameters()) == expected, "parameters() has these names and shapes");
    for (std::size_t i = 0; i < stack.layers.size(); ++i) {
      observe("weight_ih of layer " + std::to_string(i), stack.layers[i].cell.weight_ih.value);
      observe("bias of layer " + std::to_string(i), stack.layers[i].cell.bias.value);
    }
    observe("throws for no layers", thrown<std::invalid_argument>([&] { StackedLSTM(4, 2, 0, 0, random); }));
  }

  TEST_CASE("6.4 StackedLSTM::forward" * points(4)) {
    const std::size_t num_layers = given("num_layers", size_between(2, 3));
    const StackedLSTM stack = given_stack(num_layers, Real{0.5});
    const Tensor3 x = given("x", normal({4, 2, 2}));
    StackedLSTM::Cache cache;
    observe("y in evaluation", stack.forward(x, given_states("start", num_layers, 2), Mode::evaluate(), cache),
            close(100));
    observe_states("final", final_states(cache));
  }

  TEST_CASE("6.4 StackedLSTM drops between its layers" * points(3)) {
    const StackedLSTM stack = given_stack(3, Real{0.5});
    const Tensor3 x = given("x", normal({3, 2, 2}));
    Random random = given_random("random of training");
    StackedLSTM::Cache cache;
    observe("y in training", stack.forward(x, stack.zero_states(2), Mode::train(random), cache), close(100));
    observe("a number drawn afterwards", random.uniform());
    const std::size_t dropouts = cache.dropout.size();
    observe("number of dropouts", Id{dropouts});
    if (dropouts > 0) {
      observe("scale of the first dropout", cache.dropout[0].scale);
    }
  }

  TEST_CASE("6.4 StackedLSTM::backward" * points(5)) {
    StackedLSTM stack = given_stack(2, Real{0.4});
    Tensor3 x = given("x", normal({3, 2, 2}));
    const std::vector<LSTMState> start = given_states("start", 2, 2);
    const Tensor3 dy = given("dy", normal({3, 2, 3}));
    Random random = given_random("random of training");
    StackedLSTM::Cache cache, other;
    stack.forward(x, start, Mode::train(random), cache);
    const StackedLSTM::Gradients gradients = stack.backward(dy, cache);
    observe("dx", gradients.dx, close(100));
    observe_states("dstart", gradients.dstart);
    for (std::size_t i = 0; i < stack.layers.size(); ++i) {
      observe("dweight_ih of layer " + std::to_string(i), stack.layers[i].cell.weight_ih.grad, close(100));
      observe("dbias of layer " + std::to_string(i), stack.layers[i].cell.bias.grad, close(100));
    }

    // In evaluation
    stack.forward(x, start, Mode::evaluate(), cache);
    const Tensor3 dx = stack.backward(dy, cache).dx;
    const auto loss = [&] { return project(values(stack.forward(x, start, Mode::evaluate(), other)), values(dy)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient of the loss with respect to x");
  }

  TEST_CASE("6.4 StackedLSTM refuses what does not fit" * points(1)) {
    const StackedLSTM stack = given_stack(2, 0);
    StackedLSTM::Cache cache;
    observe("y", stack.forward(given("x", normal({2, 2, 2})), stack.zero_states(2), Mode::evaluate(), cache),
            close(50));
    observe("throws for one state", thrown<ShapeError>([&] {
              stack.forward(zeros({2, 2, 2}), {zero_state(2, 3)}, Mode::evaluate(), cache);
            }));
  }

  TEST_CASE("6.5 last_rows" * points(3)) {
    const std::size_t time = given("time", size_between(3, 6));
    const Tensor3 y = given("y", normal({time, 4, 3}));
    observe("rows", last_rows(y, given("lengths", mixed_lengths(time))));
    observe("throws for a length of 0", thrown<ShapeError>([&] { last_rows(y, {1, 0, 2, 3}); }));
    observe("throws for a length beyond the last step", thrown<ShapeError>([&] { last_rows(y, {1, 7, 2, 3}); }));
  }

  TEST_CASE("6.5 last_rows_backward" * points(2)) {
    const std::size_t time = given("time", size_between(3, 6));
    const Matrix drows = given("drows", normal({4, 3}));
    observe("dy", last_rows_backward(drows, given("lengths", mixed_lengths(time)), time));
    observe("throws for three lengths", thrown<ShapeError>([&] { last_rows_backward(drows, {1, 2, 3}, time); }));
  }

  TEST_CASE("6.5 SequenceClassifier::forward" * points(3)) {
    const std::size_t time = given("time", size_between(4, 6));
    SequenceClassifier model = given_classifier(2, Real{0.5});
    const Tensor3 x = given("x", normal({time, 4, 2}));
    const IdVector lengths = given("lengths", mixed_lengths(time));
    Random random = given_random("random of training");
    SequenceClassifier::Cache cache;
    observe("logits in evaluation", model.forward(x, lengths, Mode::evaluate(), cache), close(100));
    observe("logits in training", model.forward(x, lengths, Mode::train(random), cache), close(100));
    const std::string expected =
        "lstm.layer0.weight_ih(2, 12) lstm.layer0.weight_hh(3, 12) lstm.layer0.bias(12,) "
        "lstm.layer1.weight_ih(3, 12) lstm.layer1.weight_hh(3, 12) lstm.layer1.bias(12,) "
        "output.weight(3, 4) output.bias(4,) ";
    observe("names and shapes are right", names_of(model.parameters()) == expected);
    CHECK_MESSAGE(names_of(model.parameters()) == expected, "parameters() has these names and shapes");
  }

  TEST_CASE("6.5 SequenceClassifier::backward" * points(3)) {
    SequenceClassifier model = given_classifier(2, Real{0.3});
    Tensor3 x = given("x", normal({5, 4, 2}));
    const IdVector lengths = given("lengths", mixed_lengths(5));
    const Matrix dlogits = given("dlogits", normal({4, 4}));
    Random random = given_random("random of training");
    SequenceClassifier::Cache cache, other;
    model.forward(x, lengths, Mode::train(random), cache);
    observe("dx", model.backward(dlogits, cache), close(100));
    observe("dweight of output", model.output.weight.grad, close(100));
    observe("dweight_hh of layer 0", model.lstm.layers.at(0).cell.weight_hh.grad, close(100));

    model.forward(x, lengths, Mode::evaluate(), cache);
    const Tensor3 dx = model.backward(dlogits, cache);
    const auto loss = [&] {
      return project(values(model.forward(x, lengths, Mode::evaluate(), other)), values(dlogits));
    };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient of the loss with respect to x");
  }

  TEST_CASE("6.5 padding changes nothing" * points(2)) {
    SequenceClassifier model = given_classifier(1, 0);
    const Tensor3 x = given("x", normal({5, 4, 2}));
    const IdVector lengths = given("lengths", mixed_lengths(5));
    const Matrix dlogits = given("dlogits", normal({4, 4}));

    // The worst that can be in the padding
    Tensor3 spoiled = x;
    for (std::size_t b = 0; b < 4; ++b) {
      for (std::size_t t = lengths(b); t < 5; ++t) {
        std::ranges::fill(row(spoiled, t, b), std::numeric_limits<Real>::quiet_NaN());
      }
    }
    SequenceClassifier::Cache cache;
    observe("logits", model.forward(spoiled, lengths, Mode::evaluate(), cache), close(100));
    observe("dx", model.backward(dlogits, cache), close(100));
    observe("dweight_ih", model.lstm.layers.at(0).cell.weight_ih.grad, close(100));
    observe("dbias", model.lstm.layers.at(0).cell.bias.grad, close(100));
  }

  TEST_CASE("6.5 a classifier remembers the first symbol" * points(2)) {
    const IdVector labels = given("labels", ids(80, 4)), test_labels = hidden("test labels", ids(60, 4));
    const IdMatrix symbols = given("symbols", ids({12, 80}, 4));
    const IdVector lengths_train = given("lengths", lengths(80, 12)),
                   lengths_test = given("test lengths", lengths(60, 12));
    const Tensor3 x = sequences_of(labels, symbols);
    const Tensor3 x_test = given("test sequences", [&](Random& random) {
      return sequences_of(test_labels, ids({12, 60}, 4)(random));
    });
    Random random = given_random("random");
    SequenceClassifier model({.input_size = 4, .hidden_size = 12, .classes = 4}, random);
    Adam adam(model.parameters(), Real{0.03}, {});
    SequenceClassifier::Cache cache;
    CrossEntropyLoss::Cache loss_cache;
    Vector losses = zeros({60});
    for (std::size_t step = 0; step < losses.size(); ++step) {
      zero_grad(model.parameters());
      const Matrix logits = model.forward(x, lengths_train, Mode::train(random), cache);
      losses(step) = CrossEntropyLoss().forward(logits, labels, loss_cache);
      model.backward(CrossEntropyLoss().backward(loss_cache), cache);
      adam.step();
    }
    observe("losses of the first steps", Vector(xt::view(losses, xt::range(0, 5))), within(1e-7));
    const IdVector classes = argmax_rows(model.forward(x_test, lengths_test, Mode::evaluate(), cache));
    observe("classes of the test sequences", classes, accuracy_at_least(0.7, test_labels));
  }
}  // TEST_SUITE

}  // namespace nn
