#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "nn/parameter.hpp"

namespace nn {

/// Thrown when a file does not contain the tensors to load; the message names the file and the tensor.
class CheckpointError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A tensor to save or to load: a parameter, or the state of an optimizer. Its numbers are Real, or whole numbers for
/// counts; they must stay valid during the call.
struct CheckpointTensor {
  std::string name;
  std::vector<std::size_t> shape;
  std::variant<std::span<Real>, std::span<std::uint64_t>> numbers;  // product(shape) numbers

  std::size_t size() const {
    return std::visit([](const auto& span) { return span.size(); }, numbers);
  }
};

/// The values of the parameters, with their names.
std::vector<CheckpointTensor> checkpoint_tensors(const ParameterList& parameters);

/// Copies all numbers of `from` to `to` exactly. Throws CheckpointError, before anything is changed, unless both have
/// the same names, types and shapes in the same order.
void copy_tensors(const std::vector<CheckpointTensor>& from, const std::vector<CheckpointTensor>& to);

/// How many numbers of two such lists differ, even in the last bit only. Both must have the same types and shapes in
/// the same order.
std::size_t count_differing(const std::vector<CheckpointTensor>& a, const std::vector<CheckpointTensor>& b);

/// Text by key, saved with the tensors: the settings of the model, the epoch.
using Metadata = std::map<std::string, std::string>;

/// Writes tensors and metadata as a safetensors file, whole or not at all. Throws std::system_error if it cannot be
/// written, safetensors::FormatError if two tensors have the same name.
void save_checkpoint(const std::filesystem::path& path, const std::vector<CheckpointTensor>& tensors,
                     const Metadata& metadata = {});

/// Reads the tensors back and returns the metadata. The file must contain exactly these tensors, in any order; float
/// and double are converted to Real. Throws CheckpointError if a tensor is missing, unknown, or has another shape or
/// type, and safetensors::FormatError if the file cannot be read. Nothing is changed in that case.
Metadata load_checkpoint(const std::filesystem::path& path, const std::vector<CheckpointTensor>& tensors);

/// The same for the parameters of a model.
void save_parameters(const std::filesystem::path& path, const ParameterList& parameters, const Metadata& metadata = {});
Metadata load_parameters(const std::filesystem::path& path, const ParameterList& parameters);

}  // namespace nn
