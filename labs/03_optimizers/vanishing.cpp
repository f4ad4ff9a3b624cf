// ./course run 03 vanishing: what happens to values and gradients on their way through a deep network, by activation
// and first weights.
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
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

/// What is seen of one network.
struct Seen {
  std::string name;
  std::vector<double> spread = {};  // root mean square of the values that each hidden layer hands on
  std::vector<double> grad = {};    // length of the gradient of each layer's weight
  std::vector<double> losses = {};  // before each step
};

using Initialise = void (*)(Matrix&, Random&);

/// Linear, activation, Linear, activation, ..., Linear.
template <class Activation>
struct DeepNet {
  DeepNet(const Options& options, Initialise initialise, Random& random) {
    for (std::size_t i = 0; i <= options.depth; ++i) {
      layers.emplace_back(i == 0 ? image_size : options.width, i == options.depth ? 10 : options.width, random);
      initialise(layers.back().weight.value, random);
    }
  }

  /// Computes the loss of a mini-batch and the gradients of all parameters, which start from zero.
  Real loss_and_gradients(const Matrix& x, const IdVector& targets) {
    linear.resize(layers.size());
    activation.resize(layers.size() - 1);
    Matrix y = layers[0].forward(x, linear[0]);
    for (std::size_t i = 1; i < layers.size(); ++i) {
      y = layers[i].forward(Activation().forward(y, activation[i - 1]), linear[i]);
    }
    CrossEntropyLoss::Cache loss_cache;
    const Real loss = CrossEntropyLoss().forward(y, targets, loss_cache);

    zero_grad(parameters());
    Matrix dy = CrossEntropyLoss().backward(loss_cache);
    for (std::size_t i = layers.size() - 1; i > 0; --i) {
      dy = Activation().backward(layers[i].backward(dy, linear[i]), activation[i - 1]);
    }
    layers[0].backward(dy, linear[0]);
    return loss;
  }

  ParameterList parameters() {
    ParameterList list;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      append(list, "layer" + std::to_string(i), layers[i].parameters());
    }
    return list;
  }

  std::vector<Linear> layers;
  std::vector<Linear::Cache> linear;
  std::vector<typename Activation::Cache> activation;
};

double root_mean_square(const Matrix& x) {
  double sum = 0;
  for (const Real value : values(x)) {
    sum += static_cast<double>(value * value);
  }
  return std::sqrt(sum / static_cast<double>(x.size()));
}

/// Looks at a new network before its first step, then trains it with momentum and clipping.
template <class Activation>
Seen watch(const std::string& name, Initialise initialise, const Images& data, const Options& options) {
  Random random(3);
  DeepNet<Activation> model(options, initialise, random);
  SGD sgd(model.parameters(), {.learning_rate = Real{0.02}, .momentum = Real{0.9}});
  Batches batches(data.labels.size(), 50, random);
  Seen seen{.name = name};
  while (seen.losses.size() < options.steps) {
    for (const std::span<const std::size_t> rows : batches.epoch()) {
      const Real loss = model.loss_and_gradients(gather_rows(data.pixels, rows), gather(data.labels, rows));
      if (seen.losses.empty()) {
        for (std::size_t i = 0; i < model.layers.size(); ++i) {
          seen.grad.push_back(static_cast<double>(grad_norm({{"weight", model.layers[i].weight}})));
          if (i > 0) {
            seen.spread.push_back(root_mean_square(model.linear[i].x));
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
                .y_label = "length of its weight's gradient",
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
  CLI::App app("Shows how values and gradients vanish in a deep network, and when they do not.",
               "./course run 03 vanishing");
  app.add_option("--depth", options.depth, "hidden layers")->check(CLI::Range(1, 200));
  app.add_option("--width", options.width, "units of a hidden layer")->check(CLI::Range(1, 2000));
  app.add_option("--steps", options.steps, "steps of training")->check(CLI::Range(20, 1'000'000));
  app.add_option("--out", options.out, "folder for the picture");
  return nn::run_program(app, argc, argv, [&] { run(options); });
}
