#include "train/optimizer.hpp"

namespace nn {

static_assert(std::is_same_v<std::size_t, std::uint64_t>, "steps are saved as U64");

Optimizer::Buffers Optimizer::zero_buffers() const {
  Buffers buffers;
  for (const ParameterRef& parameter : parameters_) {
    buffers.push_back(zeros({parameter.value().size()}));
  }
  return buffers;
}

std::vector<CheckpointTensor> Optimizer::state_of(std::initializer_list<Remembered> remembered) const {
  std::vector<CheckpointTensor> tensors;
  for (const auto& [name, value] : remembered) {
    if (std::size_t* const* steps = std::get_if<std::size_t*>(&value)) {
      tensors.push_back({name, {1}, std::span(*steps, 1)});
      continue;
    }
    Buffers& buffers = *std::get<Buffers*>(value);
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      tensors.push_back({name + "." + parameters_[i].name(), parameters_[i].shape(), values(buffers[i])});
    }
  }
  return tensors;
}

}  // namespace nn
