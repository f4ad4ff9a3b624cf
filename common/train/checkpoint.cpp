#include "train/checkpoint.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <type_traits>

#include "safetensors/safetensors.hpp"
#include "tensor/shape.hpp"

namespace nn {

namespace {

using safetensors::Array;
using safetensors::Document;
using safetensors::DType;

bool is_whole(const CheckpointTensor& tensor) {
  return std::holds_alternative<std::span<std::uint64_t>>(tensor.numbers);
}

/// The file's array for the tensor, after all checks.
const Array& find_array(const std::string& file, const Document& document, const CheckpointTensor& tensor) {
  const Array* array = document.find(tensor.name);
  if (array == nullptr) {
    throw CheckpointError(fmt::format("{}: tensor {} is missing; was another model saved here?", file, tensor.name));
  }
  const bool fits =
      is_whole(tensor) ? array->dtype == DType::u64 : array->dtype == DType::f32 || array->dtype == DType::f64;
  if (!fits) {
    throw CheckpointError(fmt::format("{}: tensor {} is of type {}, expected {}", file, tensor.name,
                                      name_of(array->dtype), is_whole(tensor) ? "U64" : "F32 or F64"));
  }
  if (array->shape != tensor.shape || array->size() != tensor.size()) {
    throw CheckpointError(fmt::format("{}: tensor {} has shape {}, expected {}", file, tensor.name,
                                      shape_text(array->shape), shape_text(tensor.shape)));
  }
  return *array;
}

/// Copies the numbers of the array, whose shape and type have been checked.
void read_numbers(const Array& array, const CheckpointTensor& tensor) {
  if (const auto* counts = std::get_if<std::span<std::uint64_t>>(&tensor.numbers)) {
    std::ranges::copy(array.numbers<std::uint64_t>(), counts->begin());
  } else {
    std::ranges::transform(array.as_doubles(), std::get<std::span<Real>>(tensor.numbers).begin(),
                           [](double x) { return static_cast<Real>(x); });
  }
}

}  // namespace

std::vector<CheckpointTensor> checkpoint_tensors(const ParameterList& parameters) {
  std::vector<CheckpointTensor> tensors;
  for (const ParameterRef& parameter : parameters) {
    tensors.push_back({parameter.name(), parameter.shape(), parameter.value()});
  }
  return tensors;
}

void copy_tensors(const std::vector<CheckpointTensor>& from, const std::vector<CheckpointTensor>& to) {
  const auto alike = [](const CheckpointTensor& a, const CheckpointTensor& b) {
    return a.name == b.name && a.shape == b.shape && is_whole(a) == is_whole(b) && a.size() == b.size();
  };
  if (!std::ranges::equal(from, to, alike)) {
    throw CheckpointError("copy_tensors: the tensors are not from the same model");
  }
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::visit(
        [&](const auto& numbers) {
          std::ranges::copy(numbers, std::get<std::decay_t<decltype(numbers)>>(to[i].numbers).begin());
        },
        from[i].numbers);
  }
}

void save_checkpoint(const std::filesystem::path& path, const std::vector<CheckpointTensor>& tensors,
                     const Metadata& metadata) {
  Document document{{}, metadata};
  for (const CheckpointTensor& tensor : tensors) {
    document.tensors.emplace_back(
        tensor.name,
        std::visit([&]<class T>(const std::span<T>& numbers) { return Array::of<T>(tensor.shape, numbers); },
                   tensor.numbers));
  }
  safetensors::save(path, document);
}

Metadata load_checkpoint(const std::filesystem::path& path, const std::vector<CheckpointTensor>& tensors) {
  // Check everything before anything is changed
  const Document document = safetensors::load(path);
  std::vector<const Array*> arrays;
  for (const CheckpointTensor& tensor : tensors) {
    arrays.push_back(&find_array(path.string(), document, tensor));
  }
  for (const auto& [name, array] : document.tensors) {
    if (std::ranges::find(tensors, name, &CheckpointTensor::name) == tensors.end()) {
      throw CheckpointError(
          fmt::format("{}: tensor {} is not part of the model; was another model saved here?", path.string(), name));
    }
  }

  for (std::size_t i = 0; i < tensors.size(); ++i) {
    read_numbers(*arrays[i], tensors[i]);
  }
  return document.metadata;
}

std::size_t count_differing(const std::vector<CheckpointTensor>& a, const std::vector<CheckpointTensor>& b) {
  std::size_t differing = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto count = [&](const auto& numbers) {
      const auto& others = std::get<std::decay_t<decltype(numbers)>>(b[i].numbers);
      for (std::size_t k = 0; k < numbers.size(); ++k) {
        differing += numbers[k] == others[k] ? 0 : 1;
      }
    };
    std::visit(count, a[i].numbers);
  }
  return differing;
}

void save_parameters(const std::filesystem::path& path, const ParameterList& parameters, const Metadata& metadata) {
  save_checkpoint(path, checkpoint_tensors(parameters), metadata);
}

Metadata load_parameters(const std::filesystem::path& path, const ParameterList& parameters) {
  return load_checkpoint(path, checkpoint_tensors(parameters));
}

}  // namespace nn
