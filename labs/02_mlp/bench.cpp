// ./course bench 02: how long an epoch of training takes, how much of it the matrix products take, and PyTorch beside
// it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <iostream>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "blas/matmul.hpp"
#include "datasets/digits.hpp"
#include "tensor/memory.hpp"
#include "train/batches.hpp"

namespace {

using namespace nn;

struct Options {
  std::size_t images = 10'000;
  std::size_t hidden_size = 256;
  std::size_t batch_size = 64;
  std::size_t runs = 5;
  std::string torch_script;
};

/// Seconds that a function takes.
template <class Function>
double seconds(const Function& function) {
  const auto start = std::chrono::steady_clock::now();
  function();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> x) {
  std::ranges::nth_element(x, x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2));
  return x[x.size() / 2];
}

/// The matrix products of one step and nothing else: two forward, two for the weights, one for the hidden layer.
void products_of_a_step(const Matrix& x, const Matrix& hidden, const Matrix& dlogits, MLP& model) {
  Parameter<2>& first = model.layers[0].weight;
  Parameter<2>& second = model.layers[1].weight;
  matmul(x, first.value);
  matmul(hidden, second.value);
  add_matmul_tn(hidden, dlogits, second.grad);
  const Matrix dhidden = matmul_nt(dlogits, second.value);
  add_matmul_tn(x, dhidden, first.grad);
}

/// Runs the PyTorch script once and returns its seconds for an epoch; a negative number says that PyTorch is not there.
double torch_seconds(const Options& options) {
  const std::string command = fmt::format("/usr/bin/python3 '{}' {} {} {}", options.torch_script, options.images,
                                          options.hidden_size, options.batch_size);
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::array<char, 64> line{};
  if (!pipe || fgets(line.data(), line.size(), pipe.get()) == nullptr) {
    return -1;
  }
  return std::strtod(line.data(), nullptr);
}

int run(const Options& options) {
  Random random(1);
  const Images data = draw_digits(options.images, random);
  MLP model({image_size, options.hidden_size, 10}, random);
  Batches batches(options.images, options.batch_size, random);
  const Matrix x = zeros({options.batch_size, image_size});
  const Matrix hidden = zeros({options.batch_size, options.hidden_size});
  const Matrix dlogits = zeros({options.batch_size, 10});

  // Take turns, so that all see the same machine
  std::vector<double> ours, products, torch;
  const char* threads = std::getenv("OPENBLAS_NUM_THREADS");
  for (std::size_t i = 0; i <= options.runs; ++i) {
    const double epoch = seconds([&] { train_epoch(model, data.pixels, data.labels, batches, Real{0.1}); });
    const double gemm = seconds([&] {
      for (std::size_t step = 0; step < options.images / options.batch_size; ++step) {
        products_of_a_step(x, hidden, dlogits, model);
      }
    });
    const double peer = torch_seconds(options);
    if (i > 0) {  // the first round warms up
      ours.push_back(epoch);
      products.push_back(gemm);
      torch.push_back(peer);
    }
  }

  fmt::print("{} images of {} pixels, {} hidden units, mini-batches of {}, {} thread(s); medians of {} runs\n\n",
             options.images, image_size, options.hidden_size, options.batch_size, threads == nullptr ? "all" : threads,
             options.runs);
  fmt::print("epoch of training      {:7.1f} ms   1.00\n", 1e3 * median(ours));
  fmt::print("its matrix products    {:7.1f} ms   {:.2f}\n", 1e3 * median(products), median(products) / median(ours));
  if (median(torch) < 0) {
    fmt::print("the same in PyTorch    not measured: install python3-torch\n");
  } else {
    fmt::print("the same in PyTorch    {:7.1f} ms   {:.2f}\n", 1e3 * median(torch), median(torch) / median(ours));
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  nn::keep_freed_memory();
  Options options;
  std::string threads = "1";
  const char* root = std::getenv("COURSE_ROOT");
  options.torch_script = std::string(root == nullptr ? "." : root) + "/labs/02_mlp/bench_torch.py";
  CLI::App app("Times an epoch of training, its matrix products, and the same network in PyTorch.",
               "./course bench 02");
  app.add_option("--images", options.images, "training images")->check(CLI::Range(100, 1'000'000));
  app.add_option("--hidden", options.hidden_size, "units of the hidden layer")->check(CLI::Range(1, 10'000));
  app.add_option("--batch", options.batch_size, "images in a mini-batch")->check(CLI::Range(1, 10'000));
  app.add_option("--runs", options.runs, "counted runs")->check(CLI::Range(1, 100));
  app.add_option("--threads", threads, "threads of OpenBLAS and of PyTorch");
  CLI11_PARSE(app, argc, argv);

  // OpenBLAS reads its number of threads when the program starts: start again with it
  if (const char* now = std::getenv("OPENBLAS_NUM_THREADS"); now == nullptr || threads != now) {
    setenv("OPENBLAS_NUM_THREADS", threads.c_str(), 1);
    setenv("OMP_NUM_THREADS", threads.c_str(), 1);
    execv("/proc/self/exe", argv);
  }
  try {
    return run(options);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
