// ./course run 03 resume: a run that is stopped, saved to a file, and continued exactly, bit for bit.
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <vector>

#include "03_optimizers/network.hpp"
#include "datasets/digits.hpp"
#include "program/program.hpp"
#include "train/batches.hpp"
#include "train/checkpoint.hpp"

namespace {

using namespace nn;

constexpr std::uint64_t seed = 7;
constexpr std::size_t epochs = 6;
constexpr std::size_t stop_after = 3;

/// A model and the optimizer that trains it.
struct Run {
  explicit Run(std::uint64_t first_weights) : random(first_weights) {}

  /// All that must be saved: the parameters and the state of the optimizer.
  std::vector<CheckpointTensor> tensors() {
    std::vector<CheckpointTensor> all = checkpoint_tensors(model.parameters());
    for (CheckpointTensor& tensor : optimizer.state()) {
      all.push_back(std::move(tensor));
    }
    return all;
  }

  Random random;
  LayerStack<ReLU> model{{image_size, 64, 10}, he_normal, Real{0.3}, random};
  AdamW optimizer{model.parameters(), Real{1e-3}, {.weight_decay = Real{0.01}}};
};

/// Trains from one epoch up to another. The order of the images and the dropped units come from a generator seeded by
/// seed and epoch, and the learning rate depends on the step alone, so none of these has to be saved.
void train(Run& run, const Images& data, std::size_t from, std::size_t to) {
  LayerStack<ReLU>::Cache cache;
  for (std::size_t epoch = from; epoch < to; ++epoch) {
    Random random(seed, epoch);
    Batches batches(data.labels.size(), 32, random);
    double sum = 0;
    for (const std::span<const std::size_t> rows : batches.epoch()) {
      const Real loss = loss_and_gradients(run.model, gather_rows(data.pixels, rows), gather(data.labels, rows),
                                           Mode::train(random), cache);
      run.optimizer.learning_rate = cosine_schedule(Real{0.002}, epoch, epochs);
      clip_grad_norm(run.model.parameters(), 1);
      run.optimizer.step();
      sum += static_cast<double>(loss) * static_cast<double>(rows.size());
    }
    fmt::print("  epoch {}: loss {:.17g}\n", epoch, sum / static_cast<double>(data.labels.size()));
  }
}

void run(const std::string& out) {
  std::filesystem::create_directories(out);
  const std::string file = out + "/resume.safetensors";
  Random data_random(1, 1);
  const Images data = draw_digits(1000, data_random);

  fmt::print("A run of {} epochs without a stop:\n", epochs);
  Run whole(seed);
  train(whole, data, 0, epochs);

  fmt::print("The same run, stopped after {} epochs and saved to {}:\n", stop_after, file);
  {
    Run stopped(seed);
    train(stopped, data, 0, stop_after);
    save_checkpoint(file, stopped.tensors(), {{"epoch", std::to_string(stop_after)}});
  }

  fmt::print("New objects, with other initial weights, loaded from the file:\n");
  Run resumed(seed + 1);
  const Metadata metadata = load_checkpoint(file, resumed.tensors());
  train(resumed, data, std::stoul(metadata.at("epoch")), epochs);

  fmt::print("And again, but without the state of the optimizer:\n");
  Run forgetful(seed + 1);
  Run loaded(seed + 1);
  load_checkpoint(file, loaded.tensors());
  copy_values(loaded.model.parameters(), forgetful.model.parameters());
  train(forgetful, data, stop_after, epochs);

  std::size_t total = 0;
  for (const CheckpointTensor& tensor : whole.tensors()) {
    total += tensor.size();
  }
  const std::size_t differing = count_differing(whole.tensors(), resumed.tensors());
  fmt::print("\nCompared bit for bit: {} numbers in {} tensors, parameters and state of the optimizer.\n", total,
             whole.tensors().size());
  fmt::print("Stopped and resumed:        {} differ{}\n", differing, differing == 0 ? ": it is the same run." : ".");
  fmt::print("Resumed without the state:  {} differ.\n", count_differing(whole.tensors(), forgetful.tensors()));
  if (differing > 0) {
    throw std::runtime_error(
        "A resumed run must be the same: does state() contain everything that step() keeps between steps?");
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::string out = "out/03_optimizers";
  nn::ProgramOptions program("Stops a run, resumes it from a file, and compares it with a run that was never stopped.",
                             "./course run 03 resume");
  program.text("--out", out, "folder for the file");
  return nn::run_program(program, argc, argv, [&] { run(out); });
}
