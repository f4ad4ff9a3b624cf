// ./course demo 03: one network, five optimizers; then one optimizer, four schedules of its learning rate.
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "datasets/sources.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "train/batches.hpp"
#include "train/metrics.hpp"

namespace {

using namespace nn;

struct Options {
  std::string data = "digits";
  std::size_t epochs = 6;
  std::size_t hidden_size = 128;
  std::size_t batch_size = 50;
  std::uint64_t seed = 1;
  std::string out = "out/03_optimizers";
};

/// A rule, the learning rate that suits it here, and how to make it with any learning rate.
struct Rule {
  std::string name;
  Real learning_rate;
  std::function<std::unique_ptr<Optimizer>(const ParameterList&, Real)> make;
};

template <class Method>
std::unique_ptr<Optimizer> make(const ParameterList& parameters, Real rate, const typename Method::Options& options) {
  return std::make_unique<Method>(parameters, rate, options);
}

const std::vector<Rule>& rules() {
  static const std::vector<Rule> all{
      {"SGD", Real{0.1}, [](const ParameterList& p, Real rate) { return make<SGD>(p, rate, {}); }},
      {"momentum", Real{0.1},
       [](const ParameterList& p, Real rate) { return make<SGD>(p, rate, {.momentum = Real{0.9}}); }},
      {"RMSProp", Real{1e-3}, [](const ParameterList& p, Real rate) { return make<RMSProp>(p, rate, {}); }},
      {"Adam", Real{1e-3}, [](const ParameterList& p, Real rate) { return make<Adam>(p, rate, {}); }},
      {"AdamW", Real{1e-3},
       [](const ParameterList& p, Real rate) { return make<AdamW>(p, rate, {.weight_decay = Real{0.1}}); }}};
  return all;
}

double test_loss(const MLP& model, const Images& test) {
  MLP::Cache cache;
  CrossEntropyLoss::Cache loss_cache;
  return static_cast<double>(CrossEntropyLoss().forward(model.forward(test.pixels, cache), test.labels, loss_cache));
}

/// The losses of one run.
struct History {
  std::vector<double> step;  // of each mini-batch, before its step
  std::vector<double> test;  // after each epoch
};

/// Trains a new network; `rate_at` gives the learning rate of each step. Every run has the same initial weights and the
/// same mini-batches.
History train(const Rule& rule, const std::function<Real(std::size_t)>& rate_at, const ImageSets& data,
              std::size_t epochs, const Options& options) {
  Random random(options.seed);
  MLP model({image_size, options.hidden_size, 10}, random);
  Batches batches(data.train.labels.size(), options.batch_size, random);
  const std::unique_ptr<Optimizer> optimizer = rule.make(model.parameters(), rate_at(0));
  History history;
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    for (const std::span<const std::size_t> rows : batches.epoch()) {
      MLP::Cache cache;
      CrossEntropyLoss::Cache loss_cache;
      zero_grad(model.parameters());
      const Matrix logits = model.forward(gather_rows(data.train.pixels, rows), cache);
      const Real loss = CrossEntropyLoss().forward(logits, gather(data.train.labels, rows), loss_cache);
      model.backward(CrossEntropyLoss().backward(loss_cache), cache);
      optimizer->learning_rate = rate_at(history.step.size());
      optimizer->step();
      history.step.push_back(static_cast<double>(loss));
    }
    history.test.push_back(test_loss(model, data.test));
  }
  return history;
}

/// A running mean, which is easier to see.
Curve smooth(const std::string& name, const std::vector<double>& losses) {
  Curve curve{.name = name};
  double sum = 0;
  double weight = 0;
  for (std::size_t i = 0; i < losses.size(); ++i) {
    sum = 0.95 * sum + losses[i];
    weight = 0.95 * weight + 1;
    if (i % 4 == 0) {
      curve.x.push_back(static_cast<double>(i));
      curve.y.push_back(sum / weight);
    }
  }
  return curve;
}

/// The five rules, each with its learning rate.
LinePlot compare_rules(const ImageSets& data, const Options& options) {
  LinePlot plot{.title = "five optimizers", .x_label = "step", .y_label = "training loss", .log_y = true};
  Metrics log(options.out + "/rules.csv", {"rule", "learning_rate", "step", "loss"});
  fmt::print("\n{:<10} {:>13} {:>16} {:>11}\n", "rule", "learning rate", "training loss", "test loss");
  for (const Rule& rule : rules()) {
    const History history = train(
        rule, [&](std::size_t) { return rule.learning_rate; }, data, options.epochs, options);
    plot.curves.push_back(smooth(rule.name, history.step));
    for (std::size_t step = 0; step < history.step.size(); ++step) {
      log.row({rule.name, rule.learning_rate, step, history.step[step]});
    }
    fmt::print("{:<10} {:>13} {:>16.4f} {:>11.4f}\n", rule.name, rule.learning_rate, plot.curves.back().y.back(),
               history.test.back());
    std::fflush(stdout);
  }
  return plot;
}

/// How each rule does with other learning rates: the test loss after one epoch.
LinePlot sweep_rates(const ImageSets& data, const Options& options) {
  LinePlot plot{.title = "after one epoch, by learning rate",
                .x_label = "learning rate",
                .y_label = "test loss",
                .log_x = true,
                .log_y = true};
  for (const Rule& rule : rules()) {
    Curve curve{.name = rule.name};
    for (int power = -8; power <= 1; ++power) {
      const Real rate = static_cast<Real>(std::pow(10.0, power / 2.0));
      const double loss = train(
                              rule, [&](std::size_t) { return rate; }, data, 1, options)
                              .test.back();
      curve.x.push_back(static_cast<double>(rate));
      curve.y.push_back(loss < 20 ? loss : std::nan(""));  // it has exploded
    }
    plot.curves.push_back(curve);
  }
  return plot;
}

/// Adam with four schedules: the rates and the losses.
std::vector<LinePlot> compare_schedules(const ImageSets& data, const Options& options) {
  const Rule& adam = rules()[3];
  const std::size_t epoch_steps = (data.train.labels.size() + options.batch_size - 1) / options.batch_size;
  const std::size_t steps = options.epochs * epoch_steps;
  const std::size_t warmup = std::max<std::size_t>(1, steps / 10);
  const Real highest = 10 * adam.learning_rate;
  const Real peak = warmup_schedule(512, warmup, warmup);
  const std::vector<std::pair<std::string, std::function<Real(std::size_t)>>> schedules{
      {"constant", [&](std::size_t) { return highest; }},
      {"step",
       [&](std::size_t t) { return step_schedule(highest, t, std::max<std::size_t>(1, steps / 3), Real{0.2}); }},
      {"cosine", [&](std::size_t t) { return cosine_schedule(highest, t, steps); }},
      {"warm-up", [&](std::size_t t) { return highest / peak * warmup_schedule(512, t + 1, warmup); }}};

  LinePlot rates{.title = "schedules", .x_label = "step", .y_label = "learning rate"};
  LinePlot losses{.title = "Adam under each schedule", .x_label = "step", .y_label = "training loss", .log_y = true};
  fmt::print("\n{:<16} {:>16} {:>11}\n", fmt::format("Adam, rate {:g}", highest), "training loss", "test loss");
  for (const auto& [name, rate_at] : schedules) {
    const History history = train(adam, rate_at, data, options.epochs, options);
    losses.curves.push_back(smooth(name, history.step));
    Curve curve{.name = name};
    for (std::size_t step = 0; step < steps; ++step) {
      curve.y.push_back(static_cast<double>(rate_at(step)));
    }
    rates.curves.push_back(curve);
    fmt::print("{:<16} {:>16.4f} {:>11.4f}\n", name, losses.curves.back().y.back(), history.test.back());
    std::fflush(stdout);
  }
  return {rates, losses};
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  const Stopwatch stopwatch;
  const ImageSets data = load_image_sets(options.data, 5'000, 1'000, options.seed);
  fmt::print("{}: {} training images, network 784-{}-10, mini-batches of {}, {} epochs\n", options.data,
             data.train.labels.size(), options.hidden_size, options.batch_size, options.epochs);

  std::vector<Panel> panels{compare_rules(data, options), sweep_rates(data, options)};
  for (const LinePlot& plot : compare_schedules(data, options)) {
    panels.push_back(plot);
  }
  const std::string picture = options.out + "/demo.png";
  save_figure(picture, panels);
  fmt::print("\nPicture: {}   Numbers: {}/rules.csv   It took {:.1f} s.\n", picture, options.out, stopwatch.seconds());
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Trains one network with each optimizer, and with Adam and each schedule.",
                             "./course demo 03");
  nn::add_image_source(program, options.data);
  program.number("--epochs", options.epochs, "how often every image is seen", 1, 1000);
  program.number("--hidden", options.hidden_size, "units of the hidden layer", 1, 10000);
  program.number("--batch", options.batch_size, "images in a mini-batch", 1, 10000);
  program.number("--seed", options.seed, "seed of weights, order and drawn digits");
  program.text("--out", options.out, "folder for the picture and the numbers");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
