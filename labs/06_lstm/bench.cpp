// ./course bench 06: forward and backward of an LSTM over a sequence, beside PyTorch's nn.LSTM on one thread each.
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

#include "06_lstm/lstm.hpp"
#include "blas/matmul.hpp"
#include "blas/threads.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"

namespace {

using namespace nn;

struct Options {
  std::size_t time = 64;
  std::size_t batch = 32;
  std::vector<std::size_t> sizes{128, 256};
  std::size_t rounds = 5;
};

Tensor3 normal(std::size_t time, std::size_t batch, std::size_t features) {
  Random random(2);
  Tensor3 x = zeros({time, batch, features});
  fill_normal(values(x), random, 0, 1);
  return x;
}

/// An LSTM with as many inputs as units, and the numbers that it works on.
class Work {
 public:
  Work(const Options& options, std::size_t size)
      : x_(normal(options.time, options.batch, size)),
        dy_(normal(options.time, options.batch, size)),
        a_(normal(options.time, options.batch, 4 * size)),
        start_(zero_state(options.batch, size)),
        random_(1),
        lstm_(size, size, random_) {}

  void forward_and_backward() {
    zero_grad(lstm_.parameters());
    lstm_.forward(x_, start_, cache_);
    lstm_.backward(dy_, cache_);
  }

  /// The products of forward_and_backward alone.
  void products() {
    using enum Transpose;
    const std::size_t time = x_.shape(0);
    const Block<const Real> w = block(std::as_const(lstm_.cell.weight_ih.value));
    const Block<const Real> u = block(std::as_const(lstm_.cell.weight_hh.value));
    const Block<const Real> x = block(std::as_const(x_), 0, time), a = block(std::as_const(a_), 0, time);
    Tensor3 sums({time, x_.shape(1), a_.shape(2)}), dx({time, x_.shape(1), x_.shape(2)});
    gemm(no, x, no, w, block(sums, 0, time), 1, 1);
    for (std::size_t t = 0; t < time; ++t) {
      gemm(no, block(std::as_const(x_), t), no, u, block(sums, t), 1, 1);
    }
    for (std::size_t t = 0; t < time; ++t) {
      gemm(no, block(std::as_const(a_), t), yes, u, block(dx, t));
    }
    gemm(yes, x, no, a, block(lstm_.cell.weight_ih.grad), 1, 1);
    gemm(yes, x, no, a, block(lstm_.cell.weight_hh.grad), 1, 1);
    gemm(no, a, yes, w, block(dx, 0, time));
  }

  /// LSTMGates alone, for all steps.
  void gates() {
    const std::size_t batch = x_.shape(1), n = x_.shape(2);
    LSTMGates::Cache cache;
    for (std::size_t t = 0; t < x_.shape(0); ++t) {
      Matrix a({batch, 4 * n});
      LSTMGates().forward(std::move(a), start_.c, cache);
      LSTMGates().backward(start_, cache);
    }
  }

 private:
  Tensor3 x_, dy_, a_;
  LSTMState start_;
  Random random_;
  LSTM lstm_;
  LSTM::Cache cache_;
};

Times measure(const Options& options) {
  std::vector<std::size_t> arguments{options.time, options.batch, 1};
  arguments.insert(arguments.end(), options.sizes.begin(), options.sizes.end());
  Times times = times_in_python("labs/06_lstm/bench_torch.py", arguments);
  for (const std::size_t size : options.sizes) {
    Work work(options, size);
    times[fmt::format("ours.{}", size)] = seconds_per_call([&] { work.forward_and_backward(); });
    times[fmt::format("products.{}", size)] = seconds_per_call([&] { work.products(); });
    times[fmt::format("gates.{}", size)] = seconds_per_call([&] { work.gates(); });
  }
  return times;
}

void run(const Options& options) {
  use_threads(1);
  const Times times = median_times(options.rounds, [&] { return measure(options); });
  fmt::print("forward and backward, {} steps, batch of {}, 1 thread; medians of {} rounds\n\n", options.time,
             options.batch, options.rounds);
  fmt::print("{:<8} {:>11} {:>11} {:>13} {:>10} {:>9} {:>9}\n", "hidden", "ours", "PyTorch", "PyTorch/ours", "products",
             "GFLOP/s", "gates");
  for (const std::size_t size : options.sizes) {
    const double ours = times.at(fmt::format("ours.{}", size));
    const double products = times.at(fmt::format("products.{}", size));
    fmt::print("{:<8} {:>8.1f} ms", size, 1e3 * ours);
    if (const auto torch = times.find(fmt::format("PyTorch.{}", size)); torch != times.end()) {
      fmt::print(" {:>8.1f} ms {:>13.2f}", 1e3 * torch->second, torch->second / ours);
    } else {
      fmt::print(" {:>11} {:>13}", "", "");
    }
    const auto flop = static_cast<double>(48 * options.time * options.batch * size * size);
    fmt::print(" {:>8.0f} % {:>9.1f} {:>7.0f} %\n", 100 * products / ours, flop / products / 1e9,
               100 * times.at(fmt::format("gates.{}", size)) / ours);
  }
  if (!times.contains(fmt::format("PyTorch.{}", options.sizes[0]))) {
    fmt::print("\nPyTorch was not measured: install python3-torch\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Times an LSTM over a sequence, beside PyTorch's nn.LSTM.", "./course bench 06");
  program.number("--time", options.time, "steps of a sequence", 1, 10'000);
  program.number("--batch", options.batch, "sequences in a batch", 1, 10'000);
  program.numbers("--sizes", options.sizes, "units, and as many inputs", 1, 4096);
  program.number("--rounds", options.rounds, "how often each is timed", 1, 100);
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
