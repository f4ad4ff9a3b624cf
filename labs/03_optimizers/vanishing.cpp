// ./course run 03 vanishing: what happens to values and gradients in a deep network, by activation and initial weights.
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "03_optimizers/network.hpp"
#include "datasets/digits.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "train/batches.hpp"

namespace {

using namespace nn;

struct Options {
  std::size_t depth = 12;
  std::size_t width = 100;
  std::size_t steps = 600;
  std::string out = "out/03_optimizers";
};

/// What is measured of one network.
struct Seen {
  std::string name;
  std::vector<double> spread = {};  // root mean square of the outputs of each hidden layer
  std::vector<double> grad = {};    // norm of the gradient of each layer's weight
  std::vector<double> losses = {};  // before each step
};

double root_mean_square(const Matrix& x) {
  double sum = 0;
  for (const Real value : values(x)) {
    sum += static_cast<double>(value * value);
  }
  return std::sqrt(sum / static_cast<double>(x.size()));
}

/// Measures a new network before its first step, then trains it with momentum and clipping.
template <class Activation>
Seen watch(const std::string& name, typename LayerStack<Activation>::Initialise initialise, const Images& data,
           const Options& options) {
  Random random(3);
  std::vector<std::size_t> sizes(options.depth + 1, options.width);
  sizes.front() = image_size;
  sizes.push_back(10);
  LayerStack<Activation> model(sizes, initialise, 0, random);
  typename LayerStack<Activation>::Cache cache;
  SGD sgd(model.parameters(), Real{0.02}, {.momentum = Real{0.9}});
  Batches batches(data.labels.size(), 50, random);
  Seen seen{.name = name};
  while (seen.losses.size() < options.steps) {
    for (const std::span<const std::size_t> rows : batches.epoch()) {
      const Real loss = loss_and_gradients(model, gather_rows(data.pixels, rows), gather(data.labels, rows),
                                           Mode::evaluate(), cache);  // no dropout
      if (seen.losses.empty()) {
        for (std::size_t i = 0; i < model.layers.size(); ++i) {
          seen.grad.push_back(static_cast<double>(grad_norm({{"weight", model.layers[i].weight}})));
          if (i > 0) {
            seen.spread.push_back(root_mean_square(cache.linear[i].x));
          }
        }
      }
      seen.losses.push_back(static_cast<double>(loss));
      clip_grad_norm(model.parameters(), 1);
      sgd.step();
    }
  }
  return seen;
}

/// The mean of every 20 losses.
Curve thinned(const std::string& name, const std::vector<double>& losses) {
  Curve curve{.name = name};
  for (std::size_t i = 0; i + 20 <= losses.size(); i += 20) {
    double sum = 0;
    for (std::size_t k = i; k < i + 20; ++k) {
      sum += losses[k] / 20;
    }
    curve.x.push_back(static_cast<double>(i + 10));
    curve.y.push_back(sum);
  }
  return curve;
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  Random data_random(1, 1);
  const Images data = draw_digits(3000, data_random);
  const std::vector<Seen> all{
      watch<Sigmoid>("sigmoid", glorot_uniform, data, options), watch<Tanh>("tanh", glorot_uniform, data, options),
      watch<ReLU>("ReLU, Glorot", glorot_uniform, data, options), watch<ReLU>("ReLU, He", he_normal, data, options)};

  LinePlot spread{.title = "before training: values",
                  .x_label = "layer, from the image to the logits",
                  .y_label = "root mean square of its results",
                  .log_y = true};
  LinePlot grad{.title = "before training: gradients",
                .x_label = "layer, from the image to the logits",
                .y_label = "norm of its weight's gradient",
                .log_y = true};
  LinePlot loss{.title = "training", .x_label = "step", .y_label = "training loss"};
  fmt::print("{} hidden layers of {} units\n\n{:<16} {:>14} {:>14} {:>10} {:>12}\n", options.depth, options.width,
             "gradient of", "first layer", "last layer", "ratio", "loss at end");
  for (const Seen& seen : all) {
    spread.curves.push_back({.name = seen.name, .y = seen.spread});
    grad.curves.push_back({.name = seen.name, .y = seen.grad});
    loss.curves.push_back(thinned(seen.name, seen.losses));
    fmt::print("{:<16} {:>14.2e} {:>14.2e} {:>10.1e} {:>12.3f}\n", seen.name, seen.grad.front(), seen.grad.back(),
               seen.grad.front() / seen.grad.back(), loss.curves.back().y.back());
  }
  const std::string picture = options.out + "/vanishing.png";
  save_figure(picture, {spread, grad, loss}, 3);
  fmt::print("\nEach sigmoid multiplies the gradient by at most 1/4. Picture: {}\n", picture);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Shows how values and gradients vanish in a deep network, and when they do not.",
                             "./course run 03 vanishing");
  program.number("--depth", options.depth, "hidden layers", 1, 200);
  program.number("--width", options.width, "units of a hidden layer", 1, 2000);
  program.number("--steps", options.steps, "steps of training", 20, 1'000'000);
  program.text("--out", options.out, "folder for the picture");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
