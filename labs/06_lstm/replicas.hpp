#pragma once

// Given, not graded: how the programs of this lab train on several cores, and what a stopped run must save.

#include <algorithm>
#include <fmt/format.h>
#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include "03_optimizers/optimizers.hpp"
#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "train/checkpoint.hpp"

namespace nn {

/// Trains a model on several cores: each has a replica of it and takes its share of every batch. The gradients are
/// added in the order of the replicas, so that a run with the same number of replicas is the same every time.
template <class Model>
class Replicas {
 public:
  /// Replica i draws, for dropout, from stream i + 1 of this seed.
  Replicas(const Model& model, std::size_t count, Real max_norm, std::uint64_t seed)
      : models_(count, model), adam_(models_[0].parameters(), 0, {}), max_norm_(max_norm) {
    for (std::size_t i = 0; i < count; ++i) {
      randoms_.emplace_back(seed, i + 1);
    }
  }

  Model& model() { return models_[0]; }
  std::size_t count() const { return models_.size(); }

  /// Calls work(i, model, random) for each replica i, side by side. It must add to the gradients of its model what its
  /// share of the batch gives, and return its share of the loss. Then one step of Adam. Returns the loss before it.
  template <class Work>
  double step(Real learning_rate, const Work& work) {
    std::vector<std::future<double>> parts;
    for (std::size_t i = 0; i < count(); ++i) {
      parts.push_back(std::async(std::launch::async, [this, i, &work] {
        zero_grad(models_[i].parameters());
        return static_cast<double>(work(i, models_[i], randoms_[i]));
      }));
    }
    double loss = 0;
    for (std::future<double>& part : parts) {
      loss += part.get();
    }
    for (std::size_t i = 1; i < count(); ++i) {
      add_grads(models_[i].parameters(), models_[0].parameters());
    }
    clip_grad_norm(models_[0].parameters(), max_norm_);
    adam_.learning_rate = learning_rate;
    adam_.step();
    share_values();
    return loss;
  }

  /// Gives all replicas the parameters of the first; after tensors() were loaded.
  void share_values() {
    for (std::size_t i = 1; i < count(); ++i) {
      copy_values(models_[0].parameters(), models_[i].parameters());
    }
  }

  /// All that the next step depends on, but the data: parameters, moments of Adam, generators.
  std::vector<CheckpointTensor> tensors() {
    std::vector<CheckpointTensor> all = checkpoint_tensors(models_[0].parameters());
    for (CheckpointTensor& tensor : adam_.state()) {
      all.push_back(std::move(tensor));
    }
    for (std::size_t i = 0; i < count(); ++i) {
      all.push_back({fmt::format("random{}", i), {randoms_[i].state().size()}, randoms_[i].state()});
    }
    return all;
  }

 private:
  std::vector<Model> models_;
  std::vector<Random> randoms_;
  Adam adam_;
  Real max_norm_;
};

/// Loads what save_checkpoint saved with the metadata {"settings", settings}. Throws std::runtime_error, which names
/// both, if the run was saved with other settings: it would not continue as it began.
inline void load_run(const std::string& path, const std::vector<CheckpointTensor>& tensors,
                     const std::string& settings) {
  const std::string saved = load_checkpoint(path, tensors).at("settings");
  if (saved != settings) {
    throw std::runtime_error(
        fmt::format("{} is of a run with {}, not with {}: resume it with the same options", path, saved, settings));
  }
}

/// The share of `count` rows that part i of `parts` has: from begin to end.
struct Share {
  Share(std::size_t count, std::size_t parts, std::size_t i)
      : begin(count * i / parts), end(count * (i + 1) / parts), fraction(Real(end - begin) / Real(count)) {}
  std::size_t begin;
  std::size_t end;
  Real fraction;
};

}  // namespace nn
