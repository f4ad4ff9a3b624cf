#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "train/checkpoint.hpp"

namespace nn {

/// A training run of many steps that can be stopped after any of them, saved, and resumed bit for bit. A class that is
/// derived from it says what a step does and what the next one depends on.
class Run {
 public:
  virtual ~Run() = default;

  /// How many steps are one pass over the data.
  virtual std::size_t epoch_steps() const = 0;

  /// How many steps are done.
  std::size_t position() const { return static_cast<std::size_t>(position_[0]); }

  /// The next step. Returns its loss.
  double step();

  /// All that the rest of the run depends on: state(), and the position.
  std::vector<CheckpointTensor> tensors();

  /// Writes tensors() and settings(), whole or not at all. Throws what save_checkpoint throws.
  void save(const std::filesystem::path& path);

  /// Continues from a saved run. Throws std::runtime_error, which names both settings, if it had others, because it
  /// would not continue as it began; and what load_checkpoint throws.
  void load(const std::filesystem::path& path);

 protected:
  Run() = default;
  Run(const Run&) = default;
  Run(Run&&) = default;

  /// The step after position() others. Returns its loss.
  virtual double next_step() = 0;

  /// Parameters, moments of the optimizer, generators: every number that a step changes, except the position.
  virtual std::vector<CheckpointTensor> state() = 0;

  /// What else the rest of the run depends on, as a text: "batch 64, epochs 4".
  virtual std::string settings() const = 0;

  /// Called after state() was loaded.
  virtual void loaded() {}

 private:
  std::array<std::uint64_t, 1> position_{};
};

/// How run_epochs runs.
struct RunOptions {
  std::size_t epochs = 1;
  std::size_t stop_after = 0;  // epochs; 0: all
  bool resume = false;         // continue from the checkpoint
  std::filesystem::path checkpoint;
};

/// Runs epochs with a line of progress for each, calls after_step(loss) after each step and after_epoch(epoch, mean
/// loss) after each epoch, the first of which is 1, and then saves the checkpoint.
void run_epochs(Run& run, const RunOptions& options, const std::function<void(std::size_t, double)>& after_epoch,
                const std::function<void(double)>& after_step = {});

}  // namespace nn
