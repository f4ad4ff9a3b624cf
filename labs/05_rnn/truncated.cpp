// ./course run 05 truncated: what a network remembers if the gradient flows back through windows of some steps only.
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "05_rnn/endings.hpp"
#include "05_rnn/training.hpp"
#include "datasets/characters.hpp"
#include "datasets/names.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "train/progress.hpp"

namespace {

using namespace nn;

struct Options {
  std::size_t epochs = 6;
  std::size_t hidden_size = 96;
  std::size_t batch_size = 32;
  std::uint64_t seed = 1;
  std::string out = "out/05_rnn";
};

/// Trains on all names as one long text, window after window. The state is carried from window to window; the gradient
/// is not.
CharacterModel train(const std::vector<std::string>& names, std::size_t window, const Options& options) {
  Random random(options.seed), order(options.seed, 1);
  CharacterModel model(name_characters().size(), options.hidden_size, random);
  Adam adam(model.parameters(), Real(0.003), {});
  std::vector<std::string> shuffled = names;
  Progress progress(fmt::format("window {:>2}", window), options.epochs);
  for (std::size_t epoch = 0; epoch < options.epochs; ++epoch) {
    order.shuffle(std::span(shuffled));
    std::string text = "\n";
    for (const std::string& name : shuffled) {
      text += name + "\n";
    }
    const TextWindows windows(name_characters().encode(text), options.batch_size, window);
    // A new text begins: the state starts from zeros
    Matrix h = zeros({options.batch_size, options.hidden_size});
    for (std::size_t i = 0; i < windows.size(); ++i) {
      const CharacterBatch batch = windows[i];
      CharacterModel::Cache cache;
      SequenceLoss::Cache loss_cache;
      SequenceLoss().forward(model.forward(batch.inputs, h, cache), batch.targets, batch.lengths, loss_cache);
      zero_grad(model.parameters());
      model.backward(SequenceLoss().backward(loss_cache), cache);
      clip_grad_norm(model.parameters(), 1);
      adam.learning_rate = cosine_schedule(Real(0.003), epoch * windows.size() + i, options.epochs * windows.size());
      adam.step();
      h = final_state(cache.rnn);
    }
    progress.advance(1);
  }
  progress.finish();
  return model;
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  const NameSets names = invent_names(4'000, 1'000, options.seed);
  std::vector<Curve> curves;
  for (const std::size_t window : {2, 4, 8, 16}) {
    const CharacterModel model = train(names.train, window, options);
    curves.push_back(endings_by_distance(fmt::format("windows of {}", window), names.test,
                                         [&](const std::string& start) { return next_logits(model, start); }));
  }
  fmt::print("\n{:<22}", "distance in letters");
  for (const double distance : curves[0].x) {
    fmt::print(" {:>6}", distance);
  }
  for (const Curve& curve : curves) {
    fmt::print("\n{:<22}", curve.name);
    for (const double percent : curve.y) {
      fmt::print(" {:>6.1f}", percent);
    }
  }
  fmt::print(" % right endings\n");
  save_figure(options.out + "/truncated.png", {endings_plot("trained in windows, the state carried", curves)});
  fmt::print("\nPicture: {}/truncated.png\n", options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Trains a network on one long text in windows of 2 to 16 steps.",
                             "./course run 05 truncated");
  program.number("--epochs", options.epochs, "how often the text is read", 1, 1000);
  program.number("--hidden", options.hidden_size, "size of the state", 1, 4096);
  program.number("--batch", options.batch_size, "rows that the text is cut into", 1, 1000);
  program.number("--seed", options.seed, "seed of weights, order and names");
  program.text("--out", options.out, "folder for the picture");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
