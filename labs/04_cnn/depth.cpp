// ./course run 04 depth: what batch normalisation and the residual shortcut do for deep networks.
#include <atomic>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "04_cnn/network.hpp"
#include "blas/threads.hpp"
#include "datasets/digits.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "tensor/sums.hpp"

namespace {

using namespace nn;

constexpr std::size_t channels = 16;  // of what blocks hand on; inside they have half as many

struct Options {
  std::size_t steps = 250;
  std::size_t batch_size = 32;
  Real learning_rate = Real(0.1);
  std::string out = "out/04_cnn";
};

/// A bottleneck without its shortcut and, if wanted, without normalisation.
class PlainBlock {
 public:
  using Cache = Bottleneck::Cache;
  PlainBlock(bool normalised, Random& random)
      : parts_(channels, channels / 2, channels, 1, random), norm_(normalised) {}

  Tensor4 forward(const Tensor4& x, Mode mode, Cache& cache) {
    Tensor4 y = ReLU2d().forward(forward_of(parts_.reduce, x, mode, cache.reduce), cache.relu_reduce);
    y = ReLU2d().forward(forward_of(parts_.spatial, y, mode, cache.spatial), cache.relu_spatial);
    return ReLU2d().forward(forward_of(parts_.expand, y, mode, cache.expand), cache.relu_sum);
  }
  Tensor4 backward(const Tensor4& dy, const Cache& cache) {
    Tensor4 dx = backward_of(parts_.expand, ReLU2d().backward(dy, cache.relu_sum), cache.expand);
    dx = backward_of(parts_.spatial, ReLU2d().backward(std::move(dx), cache.relu_spatial), cache.spatial);
    return backward_of(parts_.reduce, ReLU2d().backward(std::move(dx), cache.relu_reduce), cache.reduce);
  }
  ParameterList parameters() { return parts_.parameters(); }

 private:
  Tensor4 forward_of(ConvNorm& part, const Tensor4& x, Mode mode, ConvNorm::Cache& cache) const {
    return norm_ ? part.forward(x, mode, cache) : part.conv.forward(x, cache.conv);
  }
  Tensor4 backward_of(ConvNorm& part, const Tensor4& dy, const ConvNorm::Cache& cache) const {
    return norm_ ? part.backward(dy, cache) : part.conv.backward(dy, cache.conv);
  }

  Bottleneck parts_;
  bool norm_;
};

/// A convolution 3x3, blocks of three convolutions each, the mean of each channel, Linear: 3 blocks + 2 layers.
template <class Block>
struct Stack {
  Stack(std::size_t depth, const std::function<Block(Random&)>& make, Random& random)
      : stem(1, channels, {.kernel = 3, .padding = 1}, random), linear(channels, 10, random) {
    for (std::size_t i = 0; i < (depth - 2) / 3; ++i) {
      blocks.push_back(make(random));
    }
    caches.resize(blocks.size());
  }

  /// Forward and backward of one batch; the gradients start from zero. Returns the loss.
  Real loss_and_gradients(const Tensor4& x, const IdVector& targets, Random& random) {
    zero_grad(parameters());
    const Mode mode = Mode::train(random);
    Tensor4 y = stem.forward(x, mode, stem_cache);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      y = blocks[i].forward(y, mode, caches[i]);
    }
    const Matrix logits = linear.forward(GlobalAveragePool2d().forward(y, mean_cache), linear_cache);
    const Real loss = CrossEntropyLoss().forward(logits, targets, loss_cache);
    const Matrix dmean = linear.backward(CrossEntropyLoss().backward(loss_cache), linear_cache);
    Tensor4 dy = GlobalAveragePool2d().backward(dmean, mean_cache);
    for (std::size_t i = blocks.size(); i-- > 0;) {
      dy = blocks[i].backward(dy, caches[i]);
    }
    stem.backward(dy, stem_cache);
    return loss;
  }

  ParameterList parameters() {
    ParameterList list;
    append(list, "stem", stem.parameters());
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      append(list, fmt::format("block{}", i), blocks[i].parameters());
    }
    append(list, "linear", linear.parameters());
    return list;
  }

  ConvNorm stem;
  std::vector<Block> blocks;
  Linear linear;
  ConvNorm::Cache stem_cache;
  std::vector<typename Block::Cache> caches;
  GlobalAveragePool2d::Cache mean_cache;
  Linear::Cache linear_cache;
  CrossEntropyLoss::Cache loss_cache;
};

/// What is seen of one network.
struct Seen {
  std::string name;
  std::vector<double> grad = {};    // norm of the gradient of the weight of each convolution before the first step
  std::vector<double> losses = {};  // before each step
};

template <class Block>
Seen watch(const std::string& name, std::size_t depth, const std::function<Block(Random&)>& make, const Images& data,
           const Options& options) {
  Random random(5);
  Stack<Block> model(depth, make, random);
  SGD sgd(model.parameters(), options.learning_rate, {.momentum = Real(0.9)});
  Batches batches(data.labels.size(), options.batch_size, random);
  Seen seen{.name = name};
  while (seen.losses.size() < options.steps) {
    for (const std::span<const std::size_t> rows : batches.epoch()) {
      const Tensor4 x = unflatten(gather_rows(data.pixels, rows), 1, image_height / 2, image_width / 2);
      seen.losses.push_back(static_cast<double>(model.loss_and_gradients(x, gather(data.labels, rows), random)));
      if (seen.grad.empty()) {
        for (const ParameterRef& parameter : model.parameters()) {
          if (parameter.name().ends_with("conv.weight")) {
            seen.grad.push_back(std::sqrt(static_cast<double>(dot_product(parameter.grad(), parameter.grad()))));
          }
        }
      }
      clip_grad_norm(model.parameters(), 1);
      sgd.step();
    }
  }
  return seen;
}

/// The mean of four pixels each: (count, 784) -> (count, 196).
Images halved(const Images& images) {
  Images small{zeros({images.labels.size(), image_size / 4}), images.labels};
  for (std::size_t n = 0; n < images.labels.size(); ++n) {
    for (std::size_t i = 0; i < image_size; ++i) {
      small.pixels(n, i / image_width / 2 * (image_width / 2) + i % image_width / 2) += images.pixels(n, i) / 4;
    }
  }
  return small;
}

double mean_of_last(const std::vector<double>& losses, std::size_t count) {
  double sum = 0;
  for (std::size_t i = losses.size() - count; i < losses.size(); ++i) {
    sum += losses[i] / static_cast<double>(count);
  }
  return sum;
}

/// The mean of every 10 losses.
Curve thinned(const Seen& seen) {
  Curve curve{.name = seen.name};
  for (std::size_t i = 10; i <= seen.losses.size(); i += 10) {
    curve.x.push_back(static_cast<double>(i - 5));
    curve.y.push_back(mean_of_last({seen.losses.begin(), seen.losses.begin() + static_cast<std::ptrdiff_t>(i)}, 10));
  }
  return curve;
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  use_threads(1);
  Random data_random(1, 1);
  const Images data = halved(draw_digits(4000, data_random));
  const std::size_t depths[] = {8, 20, 32};
  std::vector<Seen> plain(3), residual(3), bare(1);

  // Seven networks, as many at the same time as there are cores
  std::vector<std::function<void()>> runs;
  for (std::size_t i = 3; i-- > 0;) {
    runs.push_back([&, i] {
      residual[i] = watch<Bottleneck>(
          fmt::format("{} layers", depths[i]), depths[i],
          [](Random& random) { return Bottleneck(channels, channels / 2, channels, 1, random); }, data, options);
    });
    runs.push_back([&, i] {
      plain[i] = watch<PlainBlock>(
          fmt::format("{} layers", depths[i]), depths[i], [](Random& random) { return PlainBlock(true, random); }, data,
          options);
    });
  }
  runs.push_back([&] {
    bare[0] = watch<PlainBlock>(
        "neither", 20, [](Random& random) { return PlainBlock(false, random); }, data, options);
  });
  std::atomic<std::size_t> next = 0;
  const std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  for_each_part(threads, threads, [&](std::size_t, std::size_t, std::size_t) {
    for (std::size_t i = next++; i < runs.size(); i = next++) {
      runs[i]();
    }
  });

  LinePlot norm{.title = "20 layers", .x_label = "step", .y_label = "training loss"};
  norm.curves = {thinned(bare[0]), thinned(plain[1])};
  norm.curves[1].name = "batch norm";
  LinePlot grad{.title = "20 layers, before training",
                .x_label = "convolution, from the image to the logits",
                .y_label = "norm of its weight's gradient",
                .curves = {{.name = "neither", .y = bare[0].grad},
                           {.name = "batch norm", .y = plain[1].grad},
                           {.name = "and shortcuts", .y = residual[1].grad}},
                .log_y = true};
  std::vector<Panel> panels{norm, grad};
  fmt::print("mean training loss of the last 50 of {} steps\n\n{:<30} {:>8} {:>8} {:>8}\n", options.steps, "layers", 8,
             20, 32);
  for (const auto& [name, networks] : {std::pair{"plain", &plain}, std::pair{"residual", &residual}}) {
    LinePlot plot{.title = fmt::format("{}, with batch norm", name), .x_label = "step", .y_label = "training loss"};
    fmt::print("{:<30}", name);
    for (const Seen& seen : *networks) {
      plot.curves.push_back(thinned(seen));
      fmt::print(" {:>8.3f}", mean_of_last(seen.losses, 50));
    }
    panels.push_back(plot);
    fmt::print("\n");
  }
  fmt::print("{:<30} {:>8} {:>8.3f}\n", "plain, without normalisation", "", mean_of_last(bare[0].losses, 50));
  save_figure(options.out + "/depth.png", panels);
  fmt::print("\nPicture: {}/depth.png\n", options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Trains deep networks without and with normalisation, without and with shortcuts.",
                             "./course run 04 depth");
  program.number("--steps", options.steps, "steps of training", 50, 1'000'000);
  program.number("--batch", options.batch_size, "images in a mini-batch", 1, 4000);
  program.real("--rate", options.learning_rate, "learning rate");
  program.text("--out", options.out, "folder for the picture");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
