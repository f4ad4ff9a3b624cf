// ./course run 06 adding: an RNN and an LSTM learn to add two numbers that are far apart; and how far gradients reach.
#include "06_lstm/adding.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "05_rnn/rnn.hpp"
#include "06_lstm/lstm.hpp"
#include "blas/threads.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"
#include "train/metrics.hpp"

namespace {

using namespace nn;

struct Options {
  std::vector<std::size_t> lengths{50, 100, 200};
  std::size_t steps = 4000;
  std::size_t hidden_size = 32;
  std::size_t batch = 32;
  Real learning_rate = Real(0.01);
  Real forget_bias = 1;
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t seed = 1;
  bool rnn_only = false;
  std::string out = "out/06_lstm";
};

constexpr std::size_t test_every = 25;

/// A network that reads a sequence and gives one number: RNN or LSTM, and Linear on its last state.
struct RNNAdder {
  RNNAdder(std::size_t hidden_size, Real, Random& random)
      : layer(2, hidden_size, random), output(hidden_size, 1, random) {}
  Tensor3 states(const Tensor3& x) {
    return layer.forward(x, zeros({x.shape(1), output.weight.value.shape(0)}), cache);
  }

  RNN layer;
  RNN::Cache cache;
  Linear output;
};

struct LSTMAdder {
  LSTMAdder(std::size_t hidden_size, Real forget_bias, Random& random)
      : layer(2, hidden_size, random, forget_bias), output(hidden_size, 1, random) {}
  Tensor3 states(const Tensor3& x) { return layer.forward(x, zero_state(x.shape(1), layer.hidden_size()), cache); }

  LSTM layer;
  LSTM::Cache cache;
  Linear output;
};

template <class Adder>
Matrix predict(Adder& adder, const Tensor3& x, Linear::Cache& cache) {
  return adder.output.forward(merge_leading(time_steps(adder.states(x), x.shape(0) - 1, 1)), cache);
}

template <class Adder>
void backward(Adder& adder, const Matrix& dy, std::size_t time, const Linear::Cache& cache) {
  const Matrix dlast = adder.output.backward(dy, cache);
  Tensor3 dstates = zeros({time, dlast.shape(0), dlast.shape(1)});
  std::ranges::copy(dlast, time_step(dstates, time - 1).begin());
  adder.layer.backward(dstates, adder.cache);
}

/// The error on new sequences, every test_every steps.
struct Result {
  std::string name;
  std::size_t time;
  std::vector<double> step, error;
  double seconds;
};

template <class Adder>
Result train(const std::string& name, std::size_t time, const Options& options) {
  const Stopwatch stopwatch;
  Random random(options.seed), data(options.seed, 1), test_data(options.seed, 2);
  Adder adder(options.hidden_size, options.forget_bias, random);
  ParameterList parameters;
  append(parameters, "layer", adder.layer.parameters());
  append(parameters, "output", adder.output.parameters());
  Adam adam(parameters, options.learning_rate, {});
  const AddingProblem test(time, 256, test_data);
  Linear::Cache cache;
  Result result{name, time, {}, {}, 0};
  for (std::size_t step = 1; step <= options.steps; ++step) {
    const AddingProblem batch(time, options.batch, data);
    zero_grad(parameters);
    const Matrix y = predict(adder, batch.x, cache);
    backward(adder, mse_loss_backward(y, batch.target), time, cache);
    clip_grad_norm(parameters, 1);
    adam.learning_rate = cosine_schedule(options.learning_rate, step, options.steps);
    adam.step();
    if (step % test_every == 0) {
      result.step.push_back(static_cast<double>(step));
      result.error.push_back(static_cast<double>(mse_loss(predict(adder, test.x, cache), test.target)));
    }
  }
  result.seconds = stopwatch.seconds();
  return result;
}

/// All runs, `threads` of them at a time; the longest first.
std::vector<Result> train_all(const Options& options) {
  std::vector<std::function<Result()>> jobs;
  std::vector<std::size_t> lengths = options.lengths;
  std::ranges::sort(lengths, std::greater());
  for (const std::size_t time : lengths) {
    if (!options.rnn_only) {
      jobs.push_back([=, &options] { return train<LSTMAdder>("LSTM", time, options); });
    }
    jobs.push_back([=, &options] { return train<RNNAdder>("RNN", time, options); });
  }
  std::vector<Result> results(jobs.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < jobs.size(); i = next++) {
      results[i] = jobs[i]();
      fmt::print("  {:<4} {:>4} steps: mean squared error {:.4f} after {:.0f} s\n", results[i].name, results[i].time,
                 results[i].error.back(), results[i].seconds);
    }
  };
  std::vector<std::future<void>> threads;
  for (std::size_t i = 0; i < options.threads; ++i) {
    threads.push_back(std::async(std::launch::async, work));
  }
  for (std::future<void>& thread : threads) {
    thread.get();
  }
  return results;
}

double norm(const Matrix& x) {
  double sum = 0;
  for (const Real number : x) {
    sum += static_cast<double>(number) * static_cast<double>(number);
  }
  return std::sqrt(sum);
}

/// The norm of the gradient with respect to the state k = 0, 1, ... steps back, of a random gradient of the last hidden
/// state, in a new network; relative to k = 0.
Curve gradient_norms(const std::string& name, std::size_t time, const std::function<double(const Matrix* x)>& step) {
  Random random(7);
  for (std::size_t t = 0; t < time; ++t) {
    Matrix x = zeros({8, 2});
    fill_uniform(values(x), random, 0, 1);
    step(&x);
  }
  Curve curve{.name = name};
  for (std::size_t k = 0; k < time; ++k) {
    curve.x.push_back(static_cast<double>(k));
    curve.y.push_back(step(nullptr));
  }
  const double first = curve.y[0];
  for (double& y : curve.y) {
    y /= first;
  }
  return curve;
}

Matrix random_gradient(std::size_t hidden_size) {
  Random random(8);
  Matrix dh = zeros({8, hidden_size});
  fill_normal(values(dh), random, 0, 1);
  return dh;
}

Curve rnn_norms(std::size_t time, std::size_t hidden_size, std::uint64_t seed) {
  Random random(seed);
  RNNCell cell(2, hidden_size, random);
  std::vector<RNNCell::Cache> caches;
  Matrix h = zeros({8, hidden_size}), dh = random_gradient(hidden_size);
  return gradient_norms("RNN", time, [&](const Matrix* x) {
    if (x != nullptr) {
      h = cell.forward(*x, h, caches.emplace_back());
      return 0.0;
    }
    const double size = norm(dh);
    dh = cell.backward(dh, caches.back()).dh;
    caches.pop_back();
    return size;
  });
}

Curve lstm_norms(std::size_t time, std::size_t hidden_size, Real forget_bias, std::uint64_t seed) {
  Random random(seed);
  LSTMCell cell(2, hidden_size, random, forget_bias);
  std::vector<LSTMCell::Cache> caches;
  LSTMState state = zero_state(8, hidden_size), dstate = state;
  dstate.h = random_gradient(hidden_size);
  return gradient_norms(fmt::format("LSTM, bias {}", forget_bias), time, [&](const Matrix* x) {
    if (x != nullptr) {
      state = cell.forward(*x, state, caches.emplace_back());
      return 0.0;
    }
    const double size = std::hypot(norm(dstate.h), norm(dstate.c));
    dstate = cell.backward(dstate, caches.back()).dstate;
    caches.pop_back();
    return size;
  });
}

LinePlot errors_of(const std::string& name, const std::vector<Result>& results) {
  LinePlot plot{.title = fmt::format("adding two numbers: {}", name),
                .x_label = "training step",
                .y_label = "mean squared error; 0.167 is no skill",
                .log_y = true};
  for (const Result& result : results) {
    if (result.name == name) {
      plot.curves.insert(plot.curves.begin(),
                         {.name = fmt::format("{} steps", result.time), .y = result.error, .x = result.step});
    }
  }
  return plot;
}

LinePlot norms(const Options& options) {
  const std::size_t time = *std::ranges::max_element(options.lengths);
  LinePlot plot{.title = "gradient norm before training",
                .x_label = "steps back in time",
                .y_label = "norm, relative to the last step",
                .log_y = true};
  plot.curves.push_back(rnn_norms(time, options.hidden_size, options.seed));
  if (!options.rnn_only) {
    for (const Real forget_bias : {Real{0}, Real{1}, Real{5}}) {
      plot.curves.push_back(lstm_norms(time, options.hidden_size, forget_bias, options.seed));
    }
  }
  return plot;
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  use_threads(1);  // every core trains a network of its own
  fmt::print("the adding problem: {} training steps, hidden size {}, forget bias {}\n", options.steps,
             options.hidden_size, options.forget_bias);
  const std::vector<Result> results = train_all(options);
  Metrics log(options.out + "/adding.csv", {"network", "length", "step", "error"});
  for (const Result& result : results) {
    for (std::size_t i = 0; i < result.step.size(); ++i) {
      log.row({result.name, result.time, result.step[i], result.error[i]});
    }
  }
  std::vector<Panel> panels{errors_of("RNN", results)};
  if (!options.rnn_only) {
    panels.push_back(errors_of("LSTM", results));
  }
  panels.push_back(norms(options));
  const std::string picture = options.out + (options.rnn_only ? "/rnn.png" : "/adding.png");
  save_figure(picture, panels, panels.size());
  fmt::print("\nPicture: {}   Numbers: {}/adding.csv\n", picture, options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Trains an RNN and an LSTM on the adding problem, and measures how far gradients reach.",
                             "./course run 06 adding");
  program.numbers("--lengths", options.lengths, "steps of a sequence", 2, 10'000);
  program.number("--steps", options.steps, "training steps", test_every, 1'000'000);
  program.number("--hidden", options.hidden_size, "hidden size", 1, 4096);
  program.number("--batch", options.batch, "sequences in a training step", 1, 10'000);
  program.real("--rate", options.learning_rate, "learning rate of the first step; it falls to 0 along a cosine");
  program.real("--forget-bias", options.forget_bias, "of the LSTM");
  program.flag("--rnn-only", options.rnn_only, "only lab 05's RNN; needs nothing that you write in this lab");
  program.number("--threads", options.threads, "networks that are trained side by side", 1, 64);
  program.number("--seed", options.seed, "seed of weights and data");
  program.text("--out", options.out, "folder for the picture and the numbers");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
