// ./course bench 01: compares your BLAS product with those of xtensor-blas, numpy and PyTorch.
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <vector>
#include <xtensor-blas/xlinalg.hpp>

#include "01_tensors/tensors.hpp"
#include "blas/threads.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "tensor/random.hpp"

namespace {

using namespace nn;

struct Options {
  std::vector<std::size_t> sizes = {64, 256, 1024, 2048};
  std::size_t rounds = 3;
};

/// Seconds that a product of square matrices takes, by library.
Times time_product(std::size_t size) {
  Random random(size);
  Matrix a = zeros({size, size}), b = zeros({size, size});
  fill_uniform(values(a), random, 0, 1);
  fill_uniform(values(b), random, 0, 1);
  Times times = times_in_python("labs/01_tensors/bench_numpy.py", {size});
  times.merge(times_in_python("labs/01_tensors/bench_torch.py", {size}));
  times["matmul_blas"] = seconds_per_call([&] { matmul_blas(Transpose::no, a, Transpose::no, b); });
  times["linalg::dot"] = seconds_per_call([&] { const Matrix c = xt::linalg::dot(a, b); });
  return times;
}

void run(const Options& options) {
  use_threads(1);
  fmt::print("products of square matrices, {} bytes per number, one thread; medians of {} rounds, GFLOP/s\n\n",
             sizeof(Real), options.rounds);
  const std::vector<std::string> names{"matmul_blas", "linalg::dot", "numpy", "PyTorch"};
  fmt::print("{:>6} {:>12} {:>12} {:>12} {:>12}\n", "size", names[0], names[1], names[2], names[3]);
  for (const std::size_t size : options.sizes) {
    const Times times = median_times(options.rounds, [size] { return time_product(size); });
    fmt::print("{:>6}", size);
    for (const std::string& name : names) {
      const double flops = 2 * std::pow(static_cast<double>(size), 3);
      fmt::print(" {:>12}", times.contains(name) ? fmt::format("{:.1f}", 1e-9 * flops / times.at(name)) : "missing");
    }
    fmt::print("\n");
  }
  fmt::print("\n\"missing\": install python3-numpy or python3-torch to compare.\n");
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Times your BLAS product and those of xtensor-blas, numpy and PyTorch.",
                             "./course bench 01");
  program.numbers("--sizes", options.sizes, "rows and columns of the matrices", 1, 8192);
  program.number("--rounds", options.rounds, "how often each is timed", 1, 100);
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
