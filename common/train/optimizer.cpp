#include "train/optimizer.hpp"

namespace nn {

Optimizer::Optimizer(ParameterList parameters, Real rate) : learning_rate(rate), parameters_(std::move(parameters)) {}

std::vector<CheckpointTensor> Optimizer::state() {
  std::vector<CheckpointTensor> tensors;
  for (State& state : buffers_) {
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      tensors.push_back({state.name + "." + parameters_[i].name(), parameters_[i].shape(), values(state.buffers[i])});
    }
  }
  for (State& state : numbers_) {
    tensors.push_back({state.name, {1}, values(state.buffers[0])});
  }
  return tensors;
}

Optimizer::Buffers& Optimizer::add_buffers(const std::string& name) {
  State& state = buffers_.emplace_back(State{name, {}});
  for (const ParameterRef& parameter : parameters_) {
    state.buffers.push_back(zeros({parameter.value().size()}));
  }
  return state.buffers;
}

Real& Optimizer::add_number(const std::string& name) {
  return numbers_.emplace_back(State{name, {zeros({1})}}).buffers[0](0);
}

}  // namespace nn
