#include "train/run.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

#include "train/progress.hpp"

namespace nn {

double Run::step() {
  const double loss = next_step();
  ++position_[0];
  return loss;
}

std::vector<CheckpointTensor> Run::tensors() {
  std::vector<CheckpointTensor> all = state();
  all.push_back({"position", {1}, std::span<std::uint64_t>(position_)});
  return all;
}

void Run::save(const std::filesystem::path& path) { save_checkpoint(path, tensors(), {{"settings", settings()}}); }

void Run::load(const std::filesystem::path& path) {
  const std::string saved = load_checkpoint(path, tensors()).at("settings");
  if (saved != settings()) {
    throw std::runtime_error(fmt::format("{} is of a run with {}, not with {}: resume it with the same options",
                                         path.string(), saved, settings()));
  }
  loaded();
}

void run_epochs(Run& run, const RunOptions& options, const std::function<void(std::size_t, double)>& after_epoch,
                const std::function<void(double)>& after_step) {
  if (options.resume) {
    run.load(options.checkpoint);
    fmt::print("resumed at step {} of {}\n", run.position(), options.epochs * run.epoch_steps());
  }
  const std::size_t last = options.stop_after == 0 ? options.epochs : std::min(options.epochs, options.stop_after);
  while (run.position() < last * run.epoch_steps()) {
    const std::size_t epoch = run.position() / run.epoch_steps() + 1;
    Progress progress(fmt::format("epoch {}", epoch), run.epoch_steps());
    for (std::size_t i = 0; i < run.epoch_steps(); ++i) {
      const double loss = run.step();
      progress.advance(1, loss);
      if (after_step) {
        after_step(loss);
      }
    }
    progress.finish();
    after_epoch(epoch, progress.mean_loss());
    run.save(options.checkpoint);
  }
}

}  // namespace nn
