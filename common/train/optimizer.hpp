#pragma once

#include <list>
#include <string>
#include <vector>

#include "nn/parameter.hpp"
#include "train/checkpoint.hpp"

namespace nn {

/// Changes the parameters of a model so that the loss falls. Lab 03 writes the rules: SGD, RMSProp, Adam, AdamW. A
/// training loop clears the gradients, runs forward and backward, and calls step.
class Optimizer {
 public:
  /// The parameters must outlive the optimizer and stay where they are.
  Optimizer(ParameterList parameters, Real learning_rate);
  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// Changes the value of every parameter once, by the rule of the class and the gradient it holds. Leaves the
  /// gradients as they are.
  virtual void step() = 0;

  /// All that the rule remembers from step to step, under names such as "velocity.layer0.weight". Saved and loaded
  /// beside the parameters, it lets a stopped run go on, bit by bit the same. The learning rate is not part of it.
  std::vector<CheckpointTensor> state();

  Real learning_rate;  // may be changed between steps; a schedule does

 protected:
  /// One Vector for each parameter, in the order of the list, with as many numbers as the parameter has.
  using Buffers = std::vector<Vector>;

  /// Buffers of zeros that belong to state() under `name`. They stay where they are as long as the optimizer lives.
  Buffers& add_buffers(const std::string& name);

  /// A single number, 0 at first, that belongs to state() under `name`: a count of steps.
  Real& add_number(const std::string& name);

  const ParameterList parameters_;

 private:
  struct State {
    std::string name;
    Buffers buffers;
  };
  std::list<State> buffers_;  // a list, because its elements never move
  std::list<State> numbers_;  // each with one Vector of one number
};

}  // namespace nn
