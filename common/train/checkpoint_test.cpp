#include "train/checkpoint.hpp"

#include <doctest/doctest.h>
#include <string>

#include "files/scratch_folder.hpp"
#include "safetensors/safetensors.hpp"
#include "tensor/random.hpp"

namespace {

using nn::CheckpointError;
using nn::Parameter;
using nn::ParameterList;
using nn::Real;
using safetensors::Array;
using safetensors::Document;

struct Model {
  explicit Model(std::uint64_t seed) {
    nn::Random random(seed);
    nn::fill_normal(nn::values(weight.value), random, 0, 1);
    nn::fill_normal(nn::values(bias.value), random, 0, 1);
  }
  ParameterList parameters() { return {{"layer0.weight", weight}, {"layer0.bias", bias}}; }

  Parameter<2> weight{{3, 4}};
  Parameter<1> bias{{4}};
};

/// Loads into a new model; returns the error, and checks that the model is as it was.
std::string failure(const std::filesystem::path& path) {
  Model model(2);
  const Model before(2);
  try {
    load_parameters(path, model.parameters());
  } catch (const std::runtime_error& error) {
    CHECK(model.weight.value == before.weight.value);
    CHECK(model.bias.value == before.bias.value);
    return error.what();
  }
  return "";
}

Array zeros_of(std::vector<std::size_t> shape) {
  const std::vector<double> numbers(*safetensors::byte_count(safetensors::DType::f64, shape) / sizeof(double));
  return Array::of<double>(shape, numbers);
}

}  // namespace

TEST_CASE("parameters and metadata are loaded as they were saved") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "model.safetensors";
  Model saved(1);
  save_parameters(path, saved.parameters(), {{"epoch", "3"}});
  Model loaded(2);
  CHECK(load_parameters(path, loaded.parameters()) == nn::Metadata{{"epoch", "3"}});
  CHECK(loaded.weight.value == saved.weight.value);
  CHECK(loaded.bias.value == saved.bias.value);
}

TEST_CASE("a file of float is loaded into double and a file of double into float") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "model.safetensors";
  const std::vector<float> weight(12, 0.1F);
  const std::vector<double> bias(4, 0.1);
  safetensors::save(path, Document{{{"layer0.bias", Array::of<double>({4}, bias)},
                                    {"layer0.weight", Array::of<float>({3, 4}, weight)}},
                                   {}});
  Model model(1);
  load_parameters(path, model.parameters());
  CHECK(model.weight.value(2, 3) == static_cast<Real>(0.1F));
  CHECK(model.bias.value(3) == static_cast<Real>(0.1));
}

TEST_CASE("a tensor that is missing or unknown or of another shape or type is named and changes nothing") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "model.safetensors";
  const std::vector<std::uint64_t> ids(4);
  const std::pair<std::string, Array> weight("layer0.weight", zeros_of({3, 4}));
  const std::pair<std::string, Array> bias("layer0.bias", zeros_of({4}));

  safetensors::save(path, Document{{weight}, {}});
  CHECK(failure(path) == path.string() + ": tensor layer0.bias is missing; was another model saved here?");
  safetensors::save(path, Document{{weight, bias, {"layer1.weight", zeros_of({1})}}, {}});
  CHECK(failure(path) ==
        path.string() + ": tensor layer1.weight is not part of the model; was another model saved here?");
  safetensors::save(path, Document{{weight, {"layer0.bias", zeros_of({1, 4})}}, {}});
  CHECK(failure(path) == path.string() + ": tensor layer0.bias has shape (1, 4), expected (4,)");
  safetensors::save(path, Document{{weight, {"layer0.bias", Array::of<std::uint64_t>({4}, ids)}}, {}});
  CHECK(failure(path) == path.string() + ": tensor layer0.bias is of type U64, expected F32 or F64");
}

TEST_CASE("a checkpoint that is missing or cut off is an error and changes nothing") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "model.safetensors";
  CHECK(failure(path).find("cannot be read") != std::string::npos);
  Model model(1);
  save_parameters(path, model.parameters());
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
  CHECK(failure(path).find("the data is cut off") != std::string::npos);
}

TEST_CASE("a checkpoint holds the state of an optimizer beside the parameters") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "training.safetensors";
  Model model(1);
  std::vector<Real> momentum = {1, 2, 3, 4};
  std::uint64_t steps = (std::uint64_t{1} << 60) + 1;  // no double holds it
  const auto tensors = [&] {
    std::vector<nn::CheckpointTensor> all = nn::checkpoint_tensors(model.parameters());
    all.push_back({"momentum.layer0.bias", {4}, std::span(momentum)});
    all.push_back({"steps", {1}, std::span(&steps, 1)});
    return all;
  };
  nn::save_checkpoint(path, tensors());
  momentum.assign(4, 0);
  steps = 0;
  model = Model(2);
  nn::load_checkpoint(path, tensors());
  CHECK(momentum == std::vector<Real>{1, 2, 3, 4});
  CHECK(steps == (std::uint64_t{1} << 60) + 1);
  CHECK(model.weight.value == Model(1).weight.value);
  CHECK(failure(path).find("momentum.layer0.bias is not part of the model") != std::string::npos);
}

TEST_CASE("a count is loaded from whole numbers only") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "steps.safetensors";
  safetensors::save(path, Document{{{"steps", zeros_of({1})}}, {}});
  std::uint64_t steps = 7;
  CHECK_THROWS_WITH_AS(nn::load_checkpoint(path, {{"steps", {1}, std::span(&steps, 1)}}),
                       (path.string() + ": tensor steps is of type F64, expected U64").c_str(), CheckpointError);
  CHECK(steps == 7);
}

TEST_CASE("copy_tensors copies all numbers, or nothing if names, shapes or types differ") {
  std::vector<Real> a = {1, 2}, b = {0, 0};
  std::uint64_t steps = 3, other_steps = 0;
  nn::copy_tensors({{"a", {2}, std::span(a)}, {"steps", {1}, std::span(&steps, 1)}},
                   {{"a", {2}, std::span(b)}, {"steps", {1}, std::span(&other_steps, 1)}});
  CHECK(b == a);
  CHECK(other_steps == 3);
  b = {5, 6};
  CHECK_THROWS_AS(nn::copy_tensors({{"a", {2}, std::span(a)}}, {{"b", {2}, std::span(b)}}), CheckpointError);
  CHECK_THROWS_AS(nn::copy_tensors({{"a", {2}, std::span(a)}}, {{"a", {1, 2}, std::span(b)}}), CheckpointError);
  CHECK_THROWS_AS(nn::copy_tensors({{"a", {2}, std::span(a)}}, {}), CheckpointError);
  CHECK(b == std::vector<Real>{5, 6});
}

TEST_CASE("two tensors of one name are not saved") {
  const nn::ScratchFolder scratch;
  std::vector<Real> numbers = {1};
  CHECK_THROWS_AS(nn::save_checkpoint(scratch.path() / "a",
                                      {{"weight", {1}, std::span(numbers)}, {"weight", {1}, std::span(numbers)}}),
                  safetensors::FormatError);
  CHECK(scratch.names().empty());
}
