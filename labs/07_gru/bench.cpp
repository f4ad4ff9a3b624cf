// ./course bench 07: forward and backward of a GRU over a sequence, beside PyTorch's nn.GRU on one thread each.
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

#include "07_gru/gru.hpp"
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

/// A GRU with as many inputs as units, and the numbers that it works on.
class Work {
 public:
  Work(const Options& options, std::size_t size)
      : x_(normal(options.time, options.batch, size)),
        dy_(normal(options.time, options.batch, size)),
        a_(normal(options.time, options.batch, 3 * size)),
        lengths_(IdVector::from_shape({options.batch})),
        h0_(zeros({options.batch, size})),
        random_(1),
        gru_(size, size, random_) {
    lengths_.fill(options.time);
  }

  void forward_and_backward() {
    zero_grad(gru_.parameters());
    gru_.forward(x_, lengths_, h0_, cache_);
    gru_.backward(dy_, cache_);
  }

  /// The products of forward_and_backward alone.
  void products() {
    using enum Transpose;
    const std::size_t time = x_.shape(0), batch = x_.shape(1), n = x_.shape(2);
    const Block<const Real> w = block(std::as_const(gru_.cell.weight_ih.value));
    const Block<const Real> u = block(std::as_const(gru_.cell.weight_hh.value));
    const Block<const Real> u_gates = part(u, 0, 0, n, 2 * n), u_n = part(u, 0, 2 * n, n, n);
    const Block<const Real> x = block(std::as_const(x_), 0, time), a = block(std::as_const(a_), 0, time);
    const Block<Real> du = block(gru_.cell.weight_hh.grad);
    Tensor3 sums({time, batch, 3 * n}), dx({time, batch, n});
    gemm(no, x, no, w, block(sums, 0, time), 1, 1);
    for (std::size_t t = 0; t < time; ++t) {
      const Block<const Real> h = block(std::as_const(x_), t);
      gemm(no, h, no, u_gates, part(block(sums, t), 0, 0, batch, 2 * n), 1, 1);
      gemm(no, h, no, u_n, part(block(sums, t), 0, 2 * n, batch, n), 1, 1);
    }
    for (std::size_t t = 0; t < time; ++t) {
      const Block<const Real> da = block(std::as_const(a_), t);
      gemm(no, part(da, 0, 2 * n, batch, n), yes, u_n, block(dx, t));
      gemm(no, part(da, 0, 0, batch, 2 * n), yes, u_gates, block(dx, t), 1, 1);
    }
    gemm(yes, x, no, a, block(gru_.cell.weight_ih.grad), 1, 1);
    gemm(yes, x, no, part(a, 0, 0, a.rows, 2 * n), part(du, 0, 0, n, 2 * n), 1, 1);
    gemm(yes, x, no, part(a, 0, 2 * n, a.rows, n), part(du, 0, 2 * n, n, n), 1, 1);
    gemm(no, a, yes, w, block(dx, 0, time));
  }

 private:
  Tensor3 x_, dy_, a_;
  IdVector lengths_;
  Matrix h0_;
  Random random_;
  GRU gru_;
  GRU::Cache cache_;
};

Times measure(const Options& options) {
  std::vector<std::size_t> arguments{options.time, options.batch, 1};
  arguments.insert(arguments.end(), options.sizes.begin(), options.sizes.end());
  Times times = times_in_python("labs/07_gru/bench_torch.py", arguments);
  for (const std::size_t size : options.sizes) {
    Work work(options, size);
    times[fmt::format("ours.{}", size)] = seconds_per_call([&] { work.forward_and_backward(); });
    times[fmt::format("products.{}", size)] = seconds_per_call([&] { work.products(); });
  }
  return times;
}

void run(const Options& options) {
  use_threads(1);
  const Times times = median_times(options.rounds, [&] { return measure(options); });
  fmt::print("forward and backward, {} steps, batch of {}, 1 thread; medians of {} rounds\n\n", options.time,
             options.batch, options.rounds);
  fmt::print("{:<8} {:>11} {:>11} {:>13} {:>10} {:>9}\n", "hidden", "ours", "PyTorch", "PyTorch/ours", "products",
             "GFLOP/s");
  for (const std::size_t size : options.sizes) {
    const double ours = times.at(fmt::format("ours.{}", size));
    const double products = times.at(fmt::format("products.{}", size));
    fmt::print("{:<8} {:>8.1f} ms", size, 1e3 * ours);
    if (const auto torch = times.find(fmt::format("PyTorch.{}", size)); torch != times.end()) {
      fmt::print(" {:>8.1f} ms {:>13.2f}", 1e3 * torch->second, torch->second / ours);
    } else {
      fmt::print(" {:>11} {:>13}", "", "");
    }
    const auto flop = static_cast<double>(36 * options.time * options.batch * size * size);
    fmt::print(" {:>8.0f} % {:>9.1f}\n", 100 * products / ours, flop / products / 1e9);
  }
  if (!times.contains(fmt::format("PyTorch.{}", options.sizes[0]))) {
    fmt::print("\nPyTorch was not measured: install python3-torch\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Times a GRU over a sequence, beside PyTorch's nn.GRU.", "./course bench 07");
  program.number("--time", options.time, "steps of a sequence", 1, 10'000);
  program.number("--batch", options.batch, "sequences in a batch", 1, 10'000);
  program.numbers("--sizes", options.sizes, "units, and as many inputs", 1, 4096);
  program.number("--rounds", options.rounds, "how often each is timed", 1, 100);
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
