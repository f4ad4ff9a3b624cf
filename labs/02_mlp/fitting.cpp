// ./course run 02 fitting: shows underfitting and overfitting. Trains many small networks on drawn digits.
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "datasets/digits.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "train/batches.hpp"

namespace {

using namespace nn;

struct Losses {
  double train = 0;
  double test = 0;
};

double loss_of(const MLP& model, const Images& images) {
  MLP::Cache cache;
  CrossEntropyLoss::Cache loss_cache;
  return static_cast<double>(
      CrossEntropyLoss().forward(model.forward(images.pixels, cache), images.labels, loss_cache));
}

/// Trains a network with one hidden layer for this number of steps. Returns its losses on training and on test images.
Losses fit(std::size_t hidden_size, const Images& train, const Images& test, std::size_t steps) {
  Random random(7);
  MLP model({image_size, hidden_size, 10}, random);
  Batches batches(train.labels.size(), 20, random);
  for (std::size_t step = 0; step < steps;) {
    for (const std::span<const std::size_t> rows : batches.epoch()) {
      train_step(model, gather_rows(train.pixels, rows), gather(train.labels, rows), Real{0.1});
      ++step;
    }
  }
  return {loss_of(model, train), loss_of(model, test)};
}

/// One panel: the two losses against a size.
LinePlot losses_against(const std::string& title, const std::string& label, const std::vector<std::size_t>& sizes,
                        const std::vector<Losses>& losses) {
  LinePlot plot{.title = title,
                .x_label = label,
                .y_label = "cross-entropy loss",
                .curves = {{.name = "training"}, {.name = "test"}},
                .log_x = true,
                .log_y = true};
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    for (Curve& curve : plot.curves) {
      curve.x.push_back(static_cast<double>(sizes[i]));
    }
    plot.curves[0].y.push_back(losses[i].train);
    plot.curves[1].y.push_back(losses[i].test);
  }
  return plot;
}

/// Fits once for each size, prints a table, and makes the panel.
template <class Fit>
LinePlot sweep(const std::string& title, const std::string& label, const std::vector<std::size_t>& sizes,
               Fit fit_size) {
  fmt::print("\n{}\n{:>10} {:>10} {:>10}\n", title, label, "training", "test");
  std::vector<Losses> losses;
  for (const std::size_t size : sizes) {
    losses.push_back(fit_size(size));
    fmt::print("{:>10} {:>10.4f} {:>10.4f}\n", size, losses.back().train, losses.back().test);
    std::fflush(stdout);
  }
  return losses_against(title, label, sizes, losses);
}

void run(const std::string& out, std::size_t steps) {
  std::filesystem::create_directories(out);
  Random train_random(1, 1);
  Random test_random(1, 2);
  const Images all = draw_digits(6400, train_random);
  const Images test = draw_digits(2000, test_random);
  const Images few = first_images(all, 400);

  const LinePlot by_width =
      sweep("400 training images, networks of several widths", "units", {1, 2, 4, 8, 16, 32, 64, 128},
            [&](std::size_t units) { return fit(units, few, test, steps); });
  const LinePlot by_count =
      sweep("64 units, several numbers of training images", "images", {100, 200, 400, 800, 1600, 3200, 6400},
            [&](std::size_t count) { return fit(64, first_images(all, count), test, steps); });
  save_figure(out + "/fitting.png", {by_width, by_count});

  fmt::print(
      "\nToo few units: both losses are high (underfitting). Too few images: the training loss is near zero and the\n"
      "test loss is not (overfitting). More images close the gap.\n\nPicture: {}/fitting.png\n",
      out);
}

}  // namespace

int main(int argc, char** argv) {
  std::string out = "out/02_mlp";
  std::size_t steps = 3000;
  nn::ProgramOptions program("Shows under- and overfitting: training and test loss against width and number of images.",
                             "./course run 02 fitting");
  program.text("--out", out, "folder for the picture");
  program.number("--steps", steps, "steps of training of each network", 1, 1'000'000);
  return nn::run_program(program, argc, argv, [&] { run(out, steps); });
}
