// ./course bench 05: forward and backward of an RNN over 64 steps, beside PyTorch's nn.RNN, and the share of the time
// that is products of matrices.
#include <fmt/format.h>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "05_rnn/rnn.hpp"
#include "blas/matmul.hpp"
#include "blas/threads.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"

namespace {

using namespace nn;

struct Options {
  std::size_t time = 64;
  std::size_t batch_size = 32;
  std::vector<std::size_t> sizes{128, 256};
  std::size_t threads = 1;
  std::size_t rounds = 5;
};

Tensor3 normal(std::size_t time, std::size_t batch, std::size_t features) {
  Random random(2);
  Tensor3 x = zeros({time, batch, features});
  fill_normal(values(x), random, 0, 1);
  return x;
}

/// An RNN whose input is as wide as its state, with its part of a batch.
struct Network {
  Network(std::size_t time, std::size_t batch, std::size_t size)
      : x(normal(time, batch, size)), dy(normal(time, batch, size)), h0(zeros({batch, size})) {
    Random random(1);
    rnn = std::make_unique<RNN>(size, size, random);
  }

  void forward_and_backward() {
    zero_grad(rnn->parameters());
    rnn->forward(x, h0, cache);
    rnn->backward(dy, cache);
  }

  /// The products of forward_and_backward alone, on the same numbers.
  void products() {
    using enum Transpose;
    const std::size_t time = x.shape(0);
    const Block<const Real> w = block(std::as_const(rnn->cell.weight_ih.value));
    const Block<const Real> u = block(std::as_const(rnn->cell.weight_hh.value));
    const Block<const Real> all_x = block(std::as_const(x), 0, time), all_dy = block(std::as_const(dy), 0, time);
    gemm(no, all_x, no, w, block(y, 0, time), 1, 1);
    for (std::size_t t = 0; t < time; ++t) {
      gemm(no, block(std::as_const(x), t), no, u, block(y, t), 1, 1);
      gemm(no, block(std::as_const(dy), t), yes, u, block(y, t), 1, 1);
    }
    gemm(yes, all_x, no, all_dy, block(rnn->cell.weight_ih.grad), 1, 1);
    gemm(yes, all_dy, no, all_dy, block(rnn->cell.weight_hh.grad), 1, 1);
    gemm(no, all_dy, yes, w, block(y, 0, time));
  }

  std::unique_ptr<RNN> rnn;
  Tensor3 x, dy, y = x;
  Matrix h0;
  RNN::Cache cache;
};

/// A network on every thread, with its part of the batch.
class Networks {
 public:
  Networks(const Options& options, std::size_t size) {
    for (std::size_t i = 0; i < options.threads; ++i) {
      const std::size_t rows =
          options.batch_size * (i + 1) / options.threads - options.batch_size * i / options.threads;
      parts_.emplace_back(options.time, rows, size);
    }
  }

  void run(void (Network::*work)()) {
    std::vector<std::future<void>> threads;
    for (std::size_t i = 1; i < parts_.size(); ++i) {
      threads.push_back(std::async(std::launch::async, work, &parts_[i]));
    }
    (parts_[0].*work)();
    for (std::future<void>& thread : threads) {
      thread.get();
    }
  }

 private:
  std::vector<Network> parts_;
};

/// Seconds by size: "ours.128", "products.128", "PyTorch.128".
Times measure(const Options& options) {
  std::vector<std::size_t> arguments{options.time, options.batch_size, options.threads};
  arguments.insert(arguments.end(), options.sizes.begin(), options.sizes.end());
  Times times = times_in_python("labs/05_rnn/bench_torch.py", arguments);
  for (const std::size_t size : options.sizes) {
    Networks networks(options, size);
    times[fmt::format("ours.{}", size)] = seconds_per_call([&] { networks.run(&Network::forward_and_backward); });
    times[fmt::format("products.{}", size)] = seconds_per_call([&] { networks.run(&Network::products); });
  }
  return times;
}

void run(const Options& options) {
  use_threads(1);  // a thread takes a part of the batch; its products use one core
  const Times times = median_times(options.rounds, [&] { return measure(options); });
  fmt::print("forward and backward, {} steps, batch of {}, {} thread(s); medians of {} rounds\n\n", options.time,
             options.batch_size, options.threads, options.rounds);
  fmt::print("{:<8} {:>12} {:>12} {:>16} {:>16} {:>10}\n", "hidden", "ours", "PyTorch", "PyTorch/ours", "products",
             "GFLOP/s");
  for (const std::size_t size : options.sizes) {
    const double ours = times.at(fmt::format("ours.{}", size));
    const double products = times.at(fmt::format("products.{}", size));
    const auto torch = times.find(fmt::format("PyTorch.{}", size));
    fmt::print("{:<8} {:>9.2f} ms ", size, 1e3 * ours);
    if (torch == times.end()) {
      fmt::print("{:>12} {:>16}", "", "");
    } else {
      fmt::print("{:>9.2f} ms {:>16.2f}", 1e3 * torch->second, torch->second / ours);
    }
    const auto flop = static_cast<double>(12 * options.time * options.batch_size * size * size);
    fmt::print(" {:>14.0f} % {:>10.1f}\n", 100 * products / ours, flop / products / 1e9);
  }
  if (!times.contains(fmt::format("PyTorch.{}", options.sizes[0]))) {
    fmt::print("\nPyTorch was not measured: install python3-torch\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Times an RNN over a sequence, beside PyTorch's nn.RNN.", "./course bench 05");
  program.number("--time", options.time, "steps of a sequence", 1, 10'000);
  program.number("--batch", options.batch_size, "sequences in a batch", 1, 10'000);
  program.numbers("--sizes", options.sizes, "features of the state and of the input", 1, 4096);
  program.number("--threads", options.threads, "threads, of ours and of PyTorch", 1, 64);
  program.number("--rounds", options.rounds, "how often each is timed", 1, 100);
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
