#include "train/optimizer.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "files/scratch_folder.hpp"

namespace {

using nn::Parameter;
using nn::ParameterList;
using nn::Real;

/// Remembers how often each gradient came and what they sum up to.
class Counting : public nn::Optimizer {
 public:
  using Optimizer::Optimizer;

  void step() override {
    steps_ += 1;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      for (std::size_t k = 0; k < sum_[i].size(); ++k) {
        sum_[i](k) += parameters_[i].grad()[k];
        parameters_[i].value()[k] -= learning_rate * sum_[i](k) / static_cast<Real>(steps_);
      }
    }
  }
  std::vector<nn::CheckpointTensor> state() override { return state_of({{"sum", &sum_}, {"steps", &steps_}}); }

 private:
  Buffers sum_ = zero_buffers();
  std::size_t steps_ = 0;
};

struct SmallModel {
  SmallModel() : weight({3, 4}), bias({4}) {}

  ParameterList parameters() { return {{"layer0.weight", weight}, {"layer0.bias", bias}}; }

  Parameter<2> weight;
  Parameter<1> bias;
};

void step(SmallModel& model, Counting& optimizer, Real gradient) {
  model.weight.grad.fill(gradient);
  model.bias.grad.fill(-gradient);
  optimizer.step();
}

TEST_CASE("Optimizer::state names every buffer after its parameter and begins at zero") {
  SmallModel model;
  Counting optimizer(model.parameters(), Real(0.5));
  const auto state = optimizer.state();
  REQUIRE(state.size() == 3);
  CHECK(state[0].name == "sum.layer0.weight");
  CHECK(state[0].shape == std::vector<std::size_t>{3, 4});
  CHECK(state[1].name == "sum.layer0.bias");
  CHECK(state[2].name == "steps");
  for (const nn::CheckpointTensor& tensor : state) {
    std::visit([](const auto& numbers) { CHECK(std::ranges::all_of(numbers, [](auto x) { return x == 0; })); },
               tensor.numbers);
  }
}

TEST_CASE("A run stopped, saved and loaded into new objects resumes bit for bit") {
  SmallModel whole;
  Counting through(whole.parameters(), Real(0.3));
  for (const Real gradient : {0.1, -0.7, 0.4, 0.9}) {
    step(whole, through, Real(gradient));
  }

  const nn::ScratchFolder scratch;
  const auto tensors = [](SmallModel& model, Counting& optimizer) {
    auto all = nn::checkpoint_tensors(model.parameters());
    for (nn::CheckpointTensor& tensor : optimizer.state()) {
      all.push_back(std::move(tensor));
    }
    return all;
  };
  {
    SmallModel model;
    Counting optimizer(model.parameters(), Real(0.3));
    step(model, optimizer, Real(0.1));
    step(model, optimizer, Real(-0.7));
    nn::save_checkpoint(scratch.path() / "stopped.safetensors", tensors(model, optimizer));
  }
  SmallModel model;
  Counting optimizer(model.parameters(), Real(0.3));
  nn::load_checkpoint(scratch.path() / "stopped.safetensors", tensors(model, optimizer));
  step(model, optimizer, Real(0.4));
  step(model, optimizer, Real(0.9));
  CHECK(model.weight.value == whole.weight.value);
  CHECK(model.bias.value == whole.bias.value);
}

}  // namespace
