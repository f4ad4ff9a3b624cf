// ./course bench 03: how long a step of each optimizer takes for each number that it changes, and PyTorch beside it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <iostream>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "03_optimizers/optimizers.hpp"

namespace {

using namespace nn;

struct Options {
  std::size_t layers = 4;
  std::size_t width = 512;
  std::size_t runs = 5;
  std::string torch_script;
};

/// The weights and biases of some layers, with gradients.
struct Parameters {
  Parameters(std::size_t count, std::size_t width) {
    Random random(1);
    for (std::size_t i = 0; i < count; ++i) {
      weights.emplace_back(Parameter<2>({width, width}));
      biases.emplace_back(Parameter<1>({width}));
      append(list, "layer" + std::to_string(i), {{"weight", weights.back()}, {"bias", biases.back()}});
    }
    for (const ParameterRef& parameter : list) {
      fill_normal(parameter.value(), random, 0, 1);
      fill_normal(parameter.grad(), random, 0, 1);
    }
  }

  std::list<Parameter<2>> weights;
  std::list<Parameter<1>> biases;
  ParameterList list;
};

/// Nanoseconds by name.
using Times = std::map<std::string, double>;

const std::vector<std::string> names{"SGD", "momentum", "RMSProp", "Adam", "AdamW", "clipping"};

/// Nanoseconds of one call for each of `count` numbers, the best of several rounds.
template <class Function>
double best_time(std::size_t count, const Function& function) {
  double best = 1e30;
  for (int round = 0; round < 30; ++round) {
    const auto start = std::chrono::steady_clock::now();
    function();
    const std::chrono::duration<double, std::nano> elapsed = std::chrono::steady_clock::now() - start;
    best = std::min(best, elapsed.count() / static_cast<double>(count));
  }
  return best;
}

Times our_times(const Options& options) {
  Parameters parameters(options.layers, options.width);
  const std::size_t count = parameter_count(parameters.list);
  const Real rate = Real{1e-6};
  SGD sgd(parameters.list, {.learning_rate = rate});
  SGD momentum(parameters.list, {.learning_rate = rate, .momentum = Real{0.9}});
  RMSProp rms_prop(parameters.list, {.learning_rate = rate});
  Adam adam(parameters.list, {.learning_rate = rate});
  AdamW adam_w(parameters.list, {.learning_rate = rate, .weight_decay = Real{0.01}});
  Times times;
  times["SGD"] = best_time(count, [&] { sgd.step(); });
  times["momentum"] = best_time(count, [&] { momentum.step(); });
  times["RMSProp"] = best_time(count, [&] { rms_prop.step(); });
  times["Adam"] = best_time(count, [&] { adam.step(); });
  times["AdamW"] = best_time(count, [&] { adam_w.step(); });
  times["clipping"] = best_time(count, [&] { clip_grad_norm(parameters.list, Real{1e-3}); });
  return times;
}

/// What the PyTorch script measures; empty if PyTorch is not there.
Times torch_times(const Options& options) {
  const std::string command =
      fmt::format("/usr/bin/python3 '{}' {} {}", options.torch_script, options.layers, options.width);
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  Times times;
  char name[32];
  double nanoseconds = 0;
  while (pipe && std::fscanf(pipe.get(), "%31s %lf", name, &nanoseconds) == 2) {
    times[name] = nanoseconds;
  }
  return times;
}

double median(std::vector<double> x) {
  std::ranges::nth_element(x, x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2));
  return x[x.size() / 2];
}

int run(const Options& options) {
  // Take turns, so that both see the same machine
  std::map<std::string, std::vector<double>> ours, torch;
  for (std::size_t i = 0; i < options.runs; ++i) {
    for (const auto& [name, time] : our_times(options)) {
      ours[name].push_back(time);
    }
    for (const auto& [name, time] : torch_times(options)) {
      torch[name].push_back(time);
    }
  }

  fmt::print("{} layers of {} x {}, one thread; nanoseconds a step for each number, medians of {} runs\n\n",
             options.layers, options.width, options.width, options.runs);
  fmt::print("{:<10} {:>8} {:>9} {:>15}\n", "", "yours", "PyTorch", "PyTorch/yours");
  for (const std::string& name : names) {
    const double our = median(ours.at(name));
    if (torch.contains(name)) {
      const double their = median(torch.at(name));
      fmt::print("{:<10} {:>8.2f} {:>9.2f} {:>15.2f}\n", name, our, their, their / our);
    } else {
      fmt::print("{:<10} {:>8.2f} {:>9}\n", name, our, "-");
    }
  }
  if (torch.empty()) {
    fmt::print("\nPyTorch was not measured: install python3-torch\n");
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  const char* root = std::getenv("COURSE_ROOT");
  options.torch_script = std::string(root == nullptr ? "." : root) + "/labs/03_optimizers/bench_torch.py";
  CLI::App app("Times a step of each optimizer, and PyTorch's.", "./course bench 03");
  app.add_option("--layers", options.layers, "layers of the model")->check(CLI::Range(1, 1000));
  app.add_option("--width", options.width, "inputs and outputs of each layer")->check(CLI::Range(1, 8192));
  app.add_option("--runs", options.runs, "counted runs")->check(CLI::Range(1, 100));
  CLI11_PARSE(app, argc, argv);
  try {
    return run(options);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
