// ./course bench 01: your BLAS product beside numpy's and PyTorch's.
#include <CLI/CLI.hpp>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "01_tensors/measure.hpp"
#include "01_tensors/tensors.hpp"
#include "tensor/memory.hpp"
#include "tensor/random.hpp"

namespace {

using namespace nn;

struct Options {
  std::vector<std::size_t> sizes = {64, 256, 1024, 2048};
  std::size_t runs = 3;
  std::string script;
};

double median(std::vector<double> x) {
  std::ranges::nth_element(x, x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2));
  return x[x.size() / 2];
}

/// Seconds of numpy and of PyTorch for one product; negative where it is not installed.
std::array<double, 2> seconds_in_python(const Options& options, std::size_t size) {
  const std::string command = fmt::format("/usr/bin/python3 '{}' {}", options.script, size);
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::array<double, 2> seconds{-1, -1};
  for (double& library : seconds) {
    std::array<char, 64> line{};
    if (pipe && fgets(line.data(), line.size(), pipe.get()) != nullptr) {
      library = std::strtod(line.data(), nullptr);
    }
  }
  return seconds;
}

std::string speed(std::size_t size, double seconds) {
  return seconds < 0 ? "not there" : fmt::format("{:.1f}", 2e-9 * std::pow(static_cast<double>(size), 3) / seconds);
}

int run(const Options& options) {
  fmt::print("products of square matrices of {} bytes a number on one thread; medians of {} runs, GFLOP/s\n\n",
             sizeof(Real), options.runs);
  fmt::print("{:>6} {:>12} {:>12} {:>12}\n", "size", "matmul_blas", "numpy", "PyTorch");
  for (const std::size_t size : options.sizes) {
    Random random(size);
    Matrix a = zeros({size, size}), b = zeros({size, size});
    fill_uniform(values(a), random, 0, 1);
    fill_uniform(values(b), random, 0, 1);

    // Take turns, so that all see the same machine
    std::vector<double> ours, numpy, torch;
    for (std::size_t i = 0; i < options.runs; ++i) {
      ours.push_back(fastest([&] { matmul_blas(Transpose::no, a, Transpose::no, b); }));
      const std::array<double, 2> theirs = seconds_in_python(options, size);
      numpy.push_back(theirs[0]);
      torch.push_back(theirs[1]);
    }
    fmt::print("{:>6} {:>12} {:>12} {:>12}\n", size, speed(size, median(ours)), speed(size, median(numpy)),
               speed(size, median(torch)));
  }
  fmt::print("\n\"not there\": install python3-numpy or python3-torch to compare.\n");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  nn::use_one_thread(argv);
  nn::keep_freed_memory();
  Options options;
  const char* root = std::getenv("COURSE_ROOT");
  options.script = std::string(root == nullptr ? "." : root) + "/labs/01_tensors/bench_numpy.py";
  CLI::App app("Times your BLAS product beside numpy's and PyTorch's.", "./course bench 01");
  app.add_option("--sizes", options.sizes, "rows and columns of the matrices")->check(CLI::Range(1, 8192));
  app.add_option("--runs", options.runs, "counted runs")->check(CLI::Range(1, 100));
  CLI11_PARSE(app, argc, argv);
  try {
    return run(options);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
