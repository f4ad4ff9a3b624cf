// ./course bench 02: how long an epoch of training takes, how much of that is matrix products, and how long PyTorch
// takes.
#include <fmt/format.h>

#include "02_mlp/mlp.hpp"
#include "blas/matmul.hpp"
#include "blas/threads.hpp"
#include "datasets/digits.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "train/batches.hpp"

namespace {

using namespace nn;

struct Options {
  std::size_t images = 10'000;
  std::size_t hidden_size = 256;
  std::size_t batch_size = 64;
  std::size_t rounds = 5;
  std::size_t threads = 1;
};

/// Only the matrix products of one step: two in forward, two for the weights' gradients, one for the hidden layer's.
void products_of_a_step(const Matrix& x, const Matrix& hidden, const Matrix& dlogits, MLP& model) {
  Parameter<2>& first = model.layers[0].weight;
  Parameter<2>& second = model.layers[1].weight;
  matmul(x, first.value);
  matmul(hidden, second.value);
  add_matmul_tn(hidden, dlogits, second.grad);
  const Matrix dhidden = matmul_nt(dlogits, second.value);
  add_matmul_tn(x, dhidden, first.grad);
}

void run(const Options& options) {
  use_threads(options.threads);
  Random random(1);
  const Images data = draw_digits(options.images, random);
  MLP model({image_size, options.hidden_size, 10}, random);
  Batches batches(options.images, options.batch_size, random);
  const Matrix x = zeros({options.batch_size, image_size});
  const Matrix hidden = zeros({options.batch_size, options.hidden_size});
  const Matrix dlogits = zeros({options.batch_size, 10});

  const auto epoch = [&] { train_epoch(model, data.pixels, data.labels, batches, Real{0.1}); };
  const auto products = [&] {
    for (std::size_t step = 0; step < options.images / options.batch_size; ++step) {
      products_of_a_step(x, hidden, dlogits, model);
    }
  };
  const Times times = median_times(options.rounds, [&] {
    Times round = times_in_python("labs/02_mlp/bench_torch.py",
                                  {options.images, options.hidden_size, options.batch_size, options.threads});
    round["epoch"] = seconds_per_call(epoch);
    round["products"] = seconds_per_call(products);
    return round;
  });

  fmt::print("{} images of {} pixels, {} hidden units, mini-batches of {}, {} thread(s); medians of {} rounds\n\n",
             options.images, image_size, options.hidden_size, options.batch_size, options.threads, options.rounds);
  const auto print = [&](const std::string& what, const std::string& name) {
    fmt::print("{:<22} {:7.1f} ms {:6.2f}\n", what, 1e3 * times.at(name), times.at(name) / times.at("epoch"));
  };
  print("epoch of training", "epoch");
  print("its matrix products", "products");
  if (times.contains("PyTorch")) {
    print("the same in PyTorch", "PyTorch");
  } else {
    fmt::print("the same in PyTorch    not measured: install python3-torch\n");
  }
  if (times.at("products") < times.at("epoch") / 2) {
    fmt::print(
        "\nThe products take less than half of the time. Most of it goes into loops of yours: look for one that runs\n"
        "over single numbers and in each round calls a function, makes a Matrix or copies one.\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Times an epoch of training, its matrix products, and the same network in PyTorch.",
                             "./course bench 02");
  program.number("--images", options.images, "training images", 100, 1'000'000);
  program.number("--hidden", options.hidden_size, "units of the hidden layer", 1, 10'000);
  program.number("--batch", options.batch_size, "images in a mini-batch", 1, 10'000);
  program.number("--rounds", options.rounds, "how often each is timed", 1, 100);
  program.number("--threads", options.threads, "threads of OpenBLAS and of PyTorch", 1, 1024);
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
