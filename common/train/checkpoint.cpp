#include "train/checkpoint.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "safetensors/safetensors.hpp"
#include "tensor/shape.hpp"

namespace nn {

namespace {

using safetensors::Array;
using safetensors::Document;
using safetensors::DType;

/// The numbers that the file holds for the tensor, once everything about them has been checked.
std::vector<double> find_numbers(const std::string& file, const Document& document, const CheckpointTensor& tensor) {
  const Array* array = document.find(tensor.name);
  if (array == nullptr) {
    throw CheckpointError(fmt::format("{}: tensor {} is missing; was another model saved here?", file, tensor.name));
  }
  if (array->dtype != DType::f32 && array->dtype != DType::f64) {
    throw CheckpointError(
        fmt::format("{}: tensor {} is of type {}, expected F32 or F64", file, tensor.name, name_of(array->dtype)));
  }
  if (array->shape != tensor.shape || array->size() != tensor.numbers.size()) {
    throw CheckpointError(fmt::format("{}: tensor {} has shape {}, expected {}", file, tensor.name,
                                      shape_text(array->shape), shape_text(tensor.shape)));
  }
  return array->as_doubles();
}

}  // namespace

std::vector<CheckpointTensor> checkpoint_tensors(const ParameterList& parameters) {
  std::vector<CheckpointTensor> tensors;
  for (const ParameterRef& parameter : parameters) {
    tensors.push_back({parameter.name(), parameter.shape(), parameter.value()});
  }
  return tensors;
}

void save_checkpoint(const std::filesystem::path& path, const std::vector<CheckpointTensor>& tensors,
                     const Metadata& metadata) {
  Document document{{}, metadata};
  for (const CheckpointTensor& tensor : tensors) {
    document.tensors.emplace_back(tensor.name, Array::of<Real>(tensor.shape, tensor.numbers));
  }
  safetensors::save(path, document);
}

Metadata load_checkpoint(const std::filesystem::path& path, const std::vector<CheckpointTensor>& tensors) {
  // Read and check everything before anything is changed
  const Document document = safetensors::load(path);
  std::vector<std::vector<double>> numbers;
  for (const CheckpointTensor& tensor : tensors) {
    numbers.push_back(find_numbers(path.string(), document, tensor));
  }
  for (const auto& [name, array] : document.tensors) {
    if (std::ranges::find(tensors, name, &CheckpointTensor::name) == tensors.end()) {
      throw CheckpointError(
          fmt::format("{}: tensor {} is one too many; was another model saved here?", path.string(), name));
    }
  }

  for (std::size_t i = 0; i < tensors.size(); ++i) {
    std::ranges::transform(numbers[i], tensors[i].numbers.begin(), [](double x) { return static_cast<Real>(x); });
  }
  return document.metadata;
}

void save_parameters(const std::filesystem::path& path, const ParameterList& parameters, const Metadata& metadata) {
  save_checkpoint(path, checkpoint_tensors(parameters), metadata);
}

Metadata load_parameters(const std::filesystem::path& path, const ParameterList& parameters) {
  return load_checkpoint(path, checkpoint_tensors(parameters));
}

}  // namespace nn
