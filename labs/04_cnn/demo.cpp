// ./course demo 04: a small network of convolutions learns to read digits, and is shown digits that were moved.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <thread>
#include <vector>

#include "04_cnn/network.hpp"
#include "04_cnn/shifted.hpp"
#include "blas/threads.hpp"
#include "datasets/sources.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "train/metrics.hpp"
#include "train/progress.hpp"

namespace {

using namespace nn;

struct Options {
  std::string data = "digits";
  std::size_t epochs = 7;
  std::size_t batch_size = 64;
  Real learning_rate = Real(0.01);
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t seed = 1;
  std::string out = "out/04_cnn";
};

/// After each epoch.
struct History {
  std::vector<double> train_loss;
  std::vector<double> test_error;  // in percent
};

History train(Trainer& trainer, const ImageSets& data, const Options& options) {
  History history;
  Metrics log(options.out + "/loss.csv", {"epoch", "train_loss", "test_accuracy"});
  const std::size_t count = data.train.labels.size();
  Random order(options.seed, 1), changes(options.seed, 2);
  Batches batches(count, options.batch_size, order);
  const std::size_t total = options.epochs * ((count + options.batch_size - 1) / options.batch_size);
  std::size_t step = 0;
  for (std::size_t epoch = 1; epoch <= options.epochs; ++epoch) {
    // Every image is moved and scaled a little, differently in each epoch
    Progress progress(fmt::format("epoch {:>2}", epoch), count);
    for (const std::span<const std::size_t> rows : batches.epoch()) {
      const Matrix x = augment_images(gather_rows(data.train.pixels, rows), {}, changes);
      const Real rate = cosine_schedule(options.learning_rate, step++, total);
      progress.advance(rows.size(), static_cast<double>(trainer.step(x, gather(data.train.labels, rows), rate)));
    }
    progress.finish();
    const double right = accuracy(trainer.predict(data.test.pixels), data.test.labels);
    history.train_loss.push_back(progress.mean_loss());
    history.test_error.push_back(100 * (1 - right));
    log.row({epoch, history.train_loss.back(), right});
  }
  return history;
}

/// The kernels of the first convolution.
ImageGrid filters_of(DigitNet& model) {
  const Tensor4& weight = model.first.conv.weight.value;
  return {.title = "what the first convolution looks for: its kernels",
          .images = flatten(weight),
          .height = weight.shape(2),
          .width = weight.shape(3),
          .columns = 6,
          .diverging = true};
}

/// What the first convolution and its ReLU make of an image.
ImageGrid feature_maps_of(DigitNet& model, const Matrix& image) {
  DigitNet::Cache cache;
  const Tensor4 x = unflatten(image, 1, image_height, image_width);
  const Tensor4 y = ReLU2d().forward(model.first.forward(x, Mode::evaluate(), cache.first), cache.relu_first);
  ImageGrid grid{.title = "what they find in a digit: its feature maps", .height = y.shape(2), .width = y.shape(3)};
  grid.columns = 6;
  grid.images = zeros({y.shape(1), y.shape(2) * y.shape(3)});
  std::ranges::copy(y, grid.images.begin());
  return grid;
}

/// The first test images that were read wrongly, with captions such as "3 → 5".
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

LinePlot learning_curves(const History& history) {
  return {.title = "learning",
          .x_label = "epoch",
          .y_label = "training loss; test error in %",
          .curves = {{.name = "training loss", .y = history.train_loss},
                     {.name = "test error in %", .y = history.test_error}},
          .log_y = true};
}

LinePlot curves_by_shift(const std::vector<Curve>& curves) {
  LinePlot plot{.title = "test digits moved by some pixels", .x_label = "pixels", .y_label = "right, in %"};
  for (Curve curve : curves) {
    for (int shift = 0; shift <= farthest_shift; ++shift) {
      curve.x.push_back(shift);
    }
    plot.curves.push_back(curve);
  }
  return plot;
}

void show(Trainer& trainer, const ImageSets& data, const History& history, const Options& options) {
  // Lab 02's MLP on the same digits, as they are and as the network saw them
  const std::size_t mlp_epochs = 6;
  Random changes(options.seed, 3);
  const Images changed{augment_images(data.train.pixels, {}, changes), data.train.labels};
  const MLP plain = trained_mlp(data.train, mlp_epochs, options.seed);
  const MLP augmented = trained_mlp(changed, mlp_epochs, options.seed);
  const auto by = [&](const MLP& mlp) {
    return accuracy_by_shift(data.test, [&](const Matrix& x) { return mlp.predict(x); });
  };
  const std::vector<Curve> curves{
      {.name = "this network", .y = accuracy_by_shift(data.test, [&](const Matrix& x) { return trainer.predict(x); })},
      {.name = "MLP, digits moved", .y = by(augmented)},
      {.name = "MLP of lab 02", .y = by(plain)}};

  fmt::print("\n{:<20}", "moved by pixels");
  for (int shift = 0; shift <= farthest_shift; ++shift) {
    fmt::print(" {:>6}", shift);
  }
  for (const Curve& curve : curves) {
    fmt::print("\n{:<20}", curve.name);
    for (const double percent : curve.y) {
      fmt::print(" {:>6.2f}", percent);
    }
  }
  fmt::print(" % right\n");

  std::vector<Panel> panels{
      curves_by_shift(curves), moved_digits(data.test, [&](const Matrix& x) { return trainer.predict(x); }),
      learning_curves(history), filters_of(trainer.model()),
      feature_maps_of(trainer.model(), gather_rows(data.test.pixels, std::vector<std::size_t>{0}))};
  const IdVector predictions = trainer.predict(data.test.pixels);
  if (const ImageGrid wrong = misread(data.test, predictions); !wrong.captions.empty()) {
    panels.push_back(wrong);
  }
  save_figure(options.out + "/demo.png", panels, 3);
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  use_threads(1);  // the cores are busy with a part of the batch each
  const ImageSets data = load_image_sets(options.data, 5'000, 2'000, options.seed);
  Random random(options.seed);
  const DigitNet model(random);
  Trainer trainer(model, options.threads, options.learning_rate);
  fmt::print("{}: {} training and {} test images; {} parameters; {} threads\n", options.data, data.train.labels.size(),
             data.test.labels.size(), parameter_count(trainer.model().parameters()), options.threads);

  const Stopwatch stopwatch;
  const History history = train(trainer, data, options);
  fmt::print("\ntest accuracy {:.2f} % after {:.1f} s\n", 100 - history.test_error.back(), stopwatch.seconds());
  show(trainer, data, history, options);
  fmt::print("\nPicture: {0}/demo.png   Numbers: {0}/loss.csv\n", options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Trains a network of convolutions on images of digits and draws what it learned.",
                             "./course demo 04");
  nn::add_image_source(program, options.data);
  program.number("--epochs", options.epochs, "how often every image is seen", 1, 1000);
  program.number("--batch", options.batch_size, "images in a mini-batch", 4, 10000);
  program.real("--rate", options.learning_rate, "learning rate of the first step; it falls to 0 along a cosine");
  program.number("--threads", options.threads, "parts of a batch that are computed side by side", 1, 256);
  program.number("--seed", options.seed, "seed of weights, order, changes and drawn digits");
  program.text("--out", options.out, "folder for the picture and the numbers");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
