// ./course bench 01: your BLAS product beside numpy's and PyTorch's.
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "01_tensors/tensors.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "tensor/random.hpp"

namespace {

using namespace nn;

struct Options {
  std::vector<std::size_t> sizes = {64, 256, 1024, 2048};
  std::size_t rounds = 3;
};

/// Seconds of a product of square matrices: ours, numpy's and PyTorch's.
Times time_product(std::size_t size) {
  Random random(size);
  Matrix a = zeros({size, size}), b = zeros({size, size});
  fill_uniform(values(a), random, 0, 1);
  fill_uniform(values(b), random, 0, 1);
  Times times = times_in_python("labs/01_tensors/bench_numpy.py", {size});
  times.merge(times_in_python("labs/01_tensors/bench_torch.py", {size}));
  times["ours"] = seconds_per_call([&] { matmul_blas(Transpose::no, a, Transpose::no, b); });
  return times;
}

void run(const Options& options) {
  use_threads(1);
  fmt::print("products of square matrices of {} bytes a number on one thread; medians of {} rounds, GFLOP/s\n\n",
             sizeof(Real), options.rounds);
  fmt::print("{:>6} {:>12} {:>12} {:>12}\n", "size", "matmul_blas", "numpy", "PyTorch");
  for (const std::size_t size : options.sizes) {
    const Times times = median_times(options.rounds, [size] { return time_product(size); });
    const auto speed = [&](const std::string& name) {
      const double flops = 2 * std::pow(static_cast<double>(size), 3);
      return times.contains(name) ? fmt::format("{:.1f}", 1e-9 * flops / times.at(name)) : "not there";
    };
    fmt::print("{:>6} {:>12} {:>12} {:>12}\n", size, speed("ours"), speed("numpy"), speed("PyTorch"));
  }
  fmt::print("\n\"not there\": install python3-numpy or python3-torch to compare.\n");
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Times your BLAS product beside numpy's and PyTorch's.", "./course bench 01");
  app.add_option("--sizes", options.sizes, "rows and columns of the matrices")->check(CLI::Range(1, 8192));
  app.add_option("--rounds", options.rounds, "how often each is timed")->check(CLI::Range(1, 100));
  return nn::run_program(app, argc, argv, [&] { run(options); });
}
