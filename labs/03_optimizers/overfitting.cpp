// ./course run 03 overfitting: a network that is too large for its 1,000 images, and three remedies.
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

#include "03_optimizers/network.hpp"
#include "datasets/digits.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "train/accuracy.hpp"
#include "train/batches.hpp"
#include "train/metrics.hpp"

namespace {

using namespace nn;

struct Options {
  std::size_t images = 1000;
  std::size_t epochs = 50;
  std::size_t patience = 8;
  Real dropout = Real{0.5};
  Real weight_decay = Real{0.5};
  std::string out = "out/03_optimizers";
};

struct Remedy {
  std::string name;
  Real dropout;
  Real weight_decay;
};

/// One run: the losses after each epoch, and the result of early stopping.
struct History {
  std::vector<double> train = {};
  std::vector<double> test = {};
  std::size_t best_epoch = 0;
  std::size_t stop_epoch = 0;  // the last epoch if it would not have stopped
  double best_accuracy = 0;    // on test images, after the best epoch
};

struct Measured {
  double loss = 0;
  double accuracy = 0;
};

/// The loss and the accuracy of the network in evaluation.
Measured measure(const LayerStack<ReLU>& model, const Images& images) {
  LayerStack<ReLU>::Cache cache;
  CrossEntropyLoss::Cache loss_cache;
  const Matrix logits = model.forward(images.pixels, Mode::evaluate(), cache);
  const Real loss = CrossEntropyLoss().forward(logits, images.labels, loss_cache);
  return {static_cast<double>(loss), accuracy(argmax_rows(logits), images.labels)};
}

/// Trains for all epochs, even after early stopping would have stopped: we want to see what it saves us.
History train(const Remedy& remedy, const Images& train_images, const Images& test_images, const Options& options) {
  Random random(5);
  LayerStack<ReLU> model({image_size, 256, 128, 10}, he_normal, remedy.dropout, random);
  LayerStack<ReLU>::Cache cache;
  AdamW optimizer(model.parameters(), Real{1e-3}, {.weight_decay = remedy.weight_decay});
  Batches batches(train_images.labels.size(), 50, random);
  EarlyStopping stopping(options.patience);
  History history{.stop_epoch = options.epochs};
  bool stopped = false;
  for (std::size_t epoch = 0; epoch < options.epochs; ++epoch) {
    for (const std::span<const std::size_t> rows : batches.epoch()) {
      loss_and_gradients(model, gather_rows(train_images.pixels, rows), gather(train_images.labels, rows),
                         Mode::train(random), cache);
      optimizer.step();
    }
    const Measured test = measure(model, test_images);
    history.train.push_back(measure(model, train_images).loss);
    history.test.push_back(test.loss);
    if (!stopped) {
      if (stopping.update(static_cast<Real>(test.loss))) {
        history.best_accuracy = test.accuracy;
      }
      history.best_epoch = stopping.best_epoch + 1;
      stopped = stopping.should_stop();
      history.stop_epoch = stopped ? epoch + 1 : options.epochs;
    }
  }
  return history;
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  Random train_random(1, 1);
  Random test_random(1, 2);
  const Images train_images = draw_digits(options.images, train_random);
  const Images test_images = draw_digits(1500, test_random);
  const std::vector<Remedy> remedies{{"nothing", 0, 0},
                                     {"weight decay", 0, options.weight_decay},
                                     {"dropout", options.dropout, 0},
                                     {"both", options.dropout, options.weight_decay}};

  LinePlot alone{.title = "nothing done against it", .x_label = "epoch", .y_label = "loss", .log_y = true};
  LinePlot training{.title = "training images", .x_label = "epoch", .y_label = "loss", .log_y = true};
  LinePlot test{.title = "test images; rings: best epoch", .x_label = "epoch", .y_label = "loss", .log_y = true};
  Metrics log(options.out + "/overfitting.csv", {"remedy", "epoch", "train_loss", "test_loss"});
  fmt::print(
      "{} training images, network 784-256-128-10, AdamW, patience {}\n\n{:<14} {:>10} {:>10} {:>12} {:>12} "
      "{:>14}\n",
      options.images, options.patience, "", "best epoch", "stops at", "loss at best", "loss at end", "accuracy");
  for (const Remedy& remedy : remedies) {
    const History history = train(remedy, train_images, test_images, options);
    training.curves.push_back({.name = remedy.name, .y = history.train});
    test.curves.push_back({.name = remedy.name, .y = history.test});
    const double best = history.test[history.best_epoch - 1];
    test.marks.push_back({.x = static_cast<double>(history.best_epoch), .y = best});
    if (alone.curves.empty()) {
      alone.curves = {{.name = "training", .y = history.train}, {.name = "test", .y = history.test}};
      alone.marks = {{"best", static_cast<double>(history.best_epoch), best},
                     {"stop", static_cast<double>(history.stop_epoch), history.test[history.stop_epoch - 1]}};
    }
    for (std::size_t epoch = 0; epoch < options.epochs; ++epoch) {
      log.row({remedy.name, epoch + 1, history.train[epoch], history.test[epoch]});
    }
    fmt::print("{:<14} {:>10} {:>10} {:>12.4f} {:>12.4f} {:>12.1f} %\n", remedy.name, history.best_epoch,
               history.stop_epoch, best, history.test.back(), 100 * history.best_accuracy);
    std::fflush(stdout);
  }
  const std::string picture = options.out + "/overfitting.png";
  save_figure(picture, {alone, training, test}, 3);
  fmt::print("\nPicture: {}   Numbers: {}/overfitting.csv\n", picture, options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Shows overfitting, and what weight decay, dropout and early stopping do about it.",
                             "./course run 03 overfitting");
  program.number("--images", options.images, "training images", 50, 100'000);
  program.number("--epochs", options.epochs, "how often every image is seen", 1, 10'000);
  program.number("--patience", options.patience, "of early stopping, in epochs", 1, 10'000);
  program.real("--dropout", options.dropout, "probability to drop");
  program.real("--decay", options.weight_decay, "weight decay of AdamW");
  program.text("--out", options.out, "folder for the picture and the numbers");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
