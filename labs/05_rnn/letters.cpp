// ./course run 05 letters: lab 02's MLP predicts the next letter from the last ones. Needs nothing of this lab.
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "05_rnn/endings.hpp"
#include "datasets/sources.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"

namespace {

using namespace nn;

void run(const std::string& source, const std::string& out, std::uint64_t seed) {
  std::filesystem::create_directories(out);
  const NameSets names = load_name_sets(source, seed);
  std::vector<Curve> endings;
  Curve train{.name = "training names"}, test{.name = "new names"};
  fmt::print("letters seen   training    new names    seconds\n");
  for (const std::size_t window : std::vector<std::size_t>{1, 2, 4, 8, 12}) {
    const Stopwatch stopwatch;
    Random random(seed);
    WindowMLP model(window, 128, random);
    const double loss = model.train(names.train, source == "names" ? 6 : 10, random);
    const double seconds = stopwatch.seconds();
    train.x.push_back(static_cast<double>(window));
    train.y.push_back(loss);
    test.x.push_back(static_cast<double>(window));
    test.y.push_back(model.evaluate(names.test));
    fmt::print("{:>12} {:>10.3f} {:>12.3f} {:>10.1f}\n", window, loss, test.y.back(), seconds);
    if (source == "invented" && window >= 4) {
      endings.push_back(endings_by_distance(fmt::format("sees {} letters", window), names.test,
                                            [&](const std::string& beginning) { return model.next(beginning); }));
    }
  }
  std::vector<Panel> panels;
  if (!endings.empty()) {
    panels.push_back(endings_plot("endings of invented names by lab 02's MLP", endings));
  }
  panels.push_back(LinePlot{.title = "loss against the letters that the MLP sees",
                            .x_label = "letters",
                            .y_label = "nats a character",
                            .curves = {train, test}});
  save_figure(out + "/letters.png", panels);
  fmt::print("\nPicture: {}/letters.png\n", out);
}

}  // namespace

int main(int argc, char** argv) {
  std::string data = "invented";
  std::string out = "out/05_rnn";
  std::uint64_t seed = 1;
  nn::ProgramOptions program("Lets lab 02's MLP predict the next letter of names from the last letters.",
                             "./course run 05 letters");
  nn::add_name_source(program, data);
  program.text("--out", out, "folder for the picture");
  program.number("--seed", seed, "seed of weights, order and invented names");
  return nn::run_program(program, argc, argv, [&] { run(data, out, seed); });
}
