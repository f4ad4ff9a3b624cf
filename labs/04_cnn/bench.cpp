// ./course bench 04: forward and backward of three convolutions, by loops, by products, and in PyTorch; time and
// memory.
#include <fmt/format.h>
#include <string>
#include <vector>

#include "04_cnn/convolution.hpp"
#include "04_cnn/network.hpp"
#include "blas/threads.hpp"
#include "program/peak_memory.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"

namespace {

using namespace nn;

struct Options {
  std::size_t batch_size = 64;
  std::size_t threads = 1;
  std::size_t rounds = 5;
};

/// A layer that keeps the size of its images.
struct Shape {
  std::string name;
  std::size_t kernel;
  std::size_t in_channels;
  std::size_t out_channels;
  std::size_t size;
};

const std::vector<Shape> shapes{{"5x5", 5, 1, 16, 28}, {"3x3", 3, 32, 32, 14}, {"1x1", 1, 64, 64, 14}};

/// The layer on every thread, with its part of the batch.
class Layers {
 public:
  Layers(const Shape& shape, const Options& options) {
    Random random(1);
    const Window window{.kernel = shape.kernel, .padding = shape.kernel / 2};
    const Conv2d layer(shape.in_channels, shape.out_channels, window, random);
    for (std::size_t i = 0; i < options.threads; ++i) {
      const std::size_t images =
          options.batch_size * (i + 1) / options.threads - options.batch_size * i / options.threads;
      parts_.push_back(
          {layer, normal(images, shape.in_channels, shape.size), normal(images, shape.out_channels, shape.size), {}});
    }
  }

  void run_direct() {
    run([](Part& part) {
      part.layer.forward_direct(part.x, part.cache);
      part.layer.backward_direct(part.dy, part.cache);
    });
  }
  void run_products() {
    run([](Part& part) {
      part.layer.forward(part.x, part.cache);
      part.layer.backward(part.dy, part.cache);
    });
  }

 private:
  struct Part {
    Conv2d layer;
    Tensor4 x, dy;
    Conv2d::Cache cache;
  };

  static Tensor4 normal(std::size_t batch, std::size_t channels, std::size_t size) {
    Random random(2);
    Tensor4 x = zeros({batch, channels, size, size});
    fill_normal(values(x), random, 0, 1);
    return x;
  }

  void run(const std::function<void(Part&)>& work) {
    if (parts_.size() == 1) {
      work(parts_[0]);
      return;
    }
    for_each_part(parts_.size(), parts_.size(), [&](std::size_t i, std::size_t, std::size_t) { work(parts_[i]); });
  }

  std::vector<Part> parts_;
};

/// Seconds and, after ".MB", megabytes of each shape, for "direct", "product" and "PyTorch".
Times measure(const Options& options) {
  std::vector<std::size_t> arguments{options.batch_size, options.threads};
  for (const Shape& shape : shapes) {
    arguments.insert(arguments.end(), {shape.kernel, shape.in_channels, shape.out_channels, shape.size});
  }
  Times times = times_in_python("labs/04_cnn/bench_torch.py", arguments);
  for (const Shape& shape : shapes) {
    Layers layers(shape, options);
    const auto direct = [&] { layers.run_direct(); };
    const auto product = [&] { layers.run_products(); };
    const Stopwatch stopwatch;
    times["direct.MB." + shape.name] = peak_megabytes(direct);
    times["direct." + shape.name] = stopwatch.seconds();  // so slow that one call tells
    times["product.MB." + shape.name] = peak_megabytes(product);
    times["product." + shape.name] = seconds_per_call(product);
  }
  return times;
}

void run(const Options& options) {
  use_threads(1);  // a thread takes a part of the batch; its products use one core
  const Times times = median_times(options.rounds, [&] { return measure(options); });
  fmt::print("forward and backward, batch of {}, {} thread(s); medians of {} rounds\n\n", options.batch_size,
             options.threads, options.rounds);
  fmt::print("{:<26} {:>12} {:>12} {:>12} {:>16}\n", "", "direct", "im2col", "PyTorch", "PyTorch/im2col");
  for (const Shape& shape : shapes) {
    const double product = times.at("product." + shape.name);
    fmt::print(
        "{:<26} {:>9.2f} ms {:>9.2f} ms",
        fmt::format("{} on {}x{}x{} -> {}", shape.name, shape.in_channels, shape.size, shape.size, shape.out_channels),
        1e3 * times.at("direct." + shape.name), 1e3 * product);
    if (const auto torch = times.find("PyTorch." + shape.name); torch != times.end()) {
      fmt::print(" {:>9.2f} ms {:>16.2f}", 1e3 * torch->second, torch->second / product);
    }
    fmt::print("\n{:<26} {:>9.1f} MB {:>9.1f} MB", "  memory at most", times.at("direct.MB." + shape.name),
               times.at("product.MB." + shape.name));
    if (const auto torch = times.find("PyTorch.MB." + shape.name); torch != times.end()) {
      fmt::print(" {:>9.1f} MB", torch->second);
    }
    fmt::print("\n");
  }
  if (!times.contains("PyTorch." + shapes[0].name)) {
    fmt::print("\nPyTorch was not measured: install python3-torch\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Times three convolutions by loops, by products of matrices, and in PyTorch.",
                             "./course bench 04");
  program.number("--batch", options.batch_size, "images in a batch", 1, 10'000);
  program.number("--threads", options.threads, "threads, of ours and of PyTorch", 1, 64);
  program.number("--rounds", options.rounds, "how often each is timed", 1, 100);
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
