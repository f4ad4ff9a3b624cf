// ./course demo 02: an MLP learns to read digits, and shows what it learned.
#include <fmt/format.h>
#include <numeric>
#include <string>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "datasets/sources.hpp"
#include "plot/plot.hpp"
#include "plot/text.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "train/accuracy.hpp"
#include "train/batches.hpp"
#include "train/metrics.hpp"
#include "train/progress.hpp"

namespace {

using namespace nn;

struct Options {
  std::string data = "digits";
  std::size_t epochs = 12;
  std::size_t hidden_size = 256;
  std::size_t batch_size = 64;
  Real learning_rate = Real{0.25};
  std::uint64_t seed = 1;
  std::string out = "out/02_mlp";
};

/// The losses after each epoch.
struct History {
  std::vector<double> train;
  std::vector<double> test;
};

Real test_loss(const MLP& model, const Images& test) {
  MLP::Cache cache;
  CrossEntropyLoss::Cache loss_cache;
  return CrossEntropyLoss().forward(model.forward(test.pixels, cache), test.labels, loss_cache);
}

History train(MLP& model, const ImageSets& data, const Options& options, Random& random) {
  History history;
  Metrics log(options.out + "/loss.csv", {"epoch", "train_loss", "test_loss", "test_accuracy"});
  Batches batches(data.train.pixels.shape(0), options.batch_size, random);
  Real rate = options.learning_rate;
  for (std::size_t epoch = 1; epoch <= options.epochs; ++epoch) {
    // Take every mini-batch once
    Progress progress(fmt::format("epoch {:>2}", epoch), data.train.pixels.shape(0));
    for (const std::span<const std::size_t> rows : batches.epoch()) {
      const Real loss = train_step(model, gather_rows(data.train.pixels, rows), gather(data.train.labels, rows), rate);
      progress.advance(rows.size(), static_cast<double>(loss));
    }
    progress.finish();

    // Measure on images that it was not trained on, and take smaller steps from now on
    history.train.push_back(progress.mean_loss());
    history.test.push_back(static_cast<double>(test_loss(model, data.test)));
    log.row({epoch, history.train.back(), history.test.back(),
             accuracy(model.predict(data.test.pixels), data.test.labels)});
    rate *= Real{0.85};
  }
  return history;
}

/// The first test images that were misread, with captions such as "3 → 5".
ImageGrid misread(const Images& test, const IdVector& predictions) {
  ImageGrid grid{.title = "misread: true → predicted"};
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < test.labels.size() && rows.size() < 40; ++i) {
    if (predictions(i) != test.labels(i)) {
      rows.push_back(i);
      grid.captions.push_back(fmt::format("{} → {}", test.labels(i), predictions(i)));
    }
  }
  grid.images = gather_rows(test.pixels, rows);
  return grid;
}

/// The weights of the first units of the first layer, one for every pixel.
ImageGrid first_weights(const MLP& model) {
  const Matrix& weight = model.layers[0].weight.value;  // (784, hidden_size)
  const std::size_t count = std::min<std::size_t>(64, weight.shape(1));
  ImageGrid grid{.title = "first-layer weights"};
  grid.diverging = true;
  grid.images = zeros({count, image_size});
  for (std::size_t unit = 0; unit < count; ++unit) {
    for (std::size_t pixel = 0; pixel < image_size; ++pixel) {
      grid.images(unit, pixel) = weight(pixel, unit);
    }
  }
  return grid;
}

void show(const MLP& model, const ImageSets& data, const History& history, const Options& options) {
  const IdVector predictions = model.predict(data.test.pixels);
  std::vector<Panel> panels{
      LinePlot{.title = "cross-entropy loss",
               .x_label = "epoch",
               .y_label = "loss",
               .curves = {{.name = "training", .y = history.train}, {.name = "test", .y = history.test}},
               .log_y = true},
      confusion_matrix("test images", data.test.labels, predictions, 10), first_weights(model)};
  if (const ImageGrid wrong = misread(data.test, predictions); !wrong.captions.empty()) {
    panels.insert(panels.begin() + 1, wrong);
  }
  const std::string picture = options.out + "/demo.png";
  save_figure(picture, panels);

  fmt::print("\ntest accuracy {:.2f} %, test loss {} {:.3f}\n", 100 * accuracy(predictions, data.test.labels),
             sparkline(history.test, options.epochs), history.test.back());
  fmt::print("\nA test image, read as {}:\n\n{}", predictions(0), text_image(row(data.test.pixels, 0), image_width));
  fmt::print("\nPicture: {}   Numbers: {}/loss.csv\n", picture, options.out);
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  const Stopwatch stopwatch;
  const ImageSets data = load_image_sets(options.data, 10'000, 2'000, options.seed);
  Random random(options.seed);
  MLP model({image_size, options.hidden_size, 10}, random);
  fmt::print("{}: {} training and {} test images; {} parameters\n", options.data, data.train.pixels.shape(0),
             data.test.pixels.shape(0), parameter_count(model.parameters()));

  const History history = train(model, data, options, random);
  const double seconds = stopwatch.seconds();
  show(model, data, history, options);
  fmt::print("Data and training took {:.1f} s.\n", seconds);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Trains an MLP on images of digits and draws what it learned.", "./course demo 02");
  nn::add_image_source(program, options.data);
  program.number("--epochs", options.epochs, "how often every image is seen", 1, 1000);
  program.number("--hidden", options.hidden_size, "units of the hidden layer", 1, 10000);
  program.number("--batch", options.batch_size, "images in a mini-batch", 1, 10000);
  program.real("--rate", options.learning_rate,
               "learning rate of the first epoch; each later epoch has 0.85 times the rate before");
  program.number("--seed", options.seed, "seed of weights, order and drawn digits");
  program.text("--out", options.out, "folder for the picture and the numbers");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
