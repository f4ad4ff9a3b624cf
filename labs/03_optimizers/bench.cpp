// ./course bench 03: how long a step of each optimizer takes per number, compared with PyTorch.
#include <fmt/format.h>
#include <list>
#include <string>
#include <vector>

#include "03_optimizers/optimizers.hpp"
#include "blas/threads.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"

namespace {

using namespace nn;

struct Options {
  std::size_t layers = 4;
  std::size_t width = 512;
  std::size_t rounds = 5;
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

const std::vector<std::string> names{"SGD", "momentum", "RMSProp", "Adam", "AdamW", "clipping"};

/// Seconds that a step of each rule takes, by name; PyTorch's names begin with "PyTorch.".
Times time_steps(const Options& options, Parameters& parameters) {
  const Real rate = Real{1e-6};
  SGD sgd(parameters.list, rate, {});
  SGD momentum(parameters.list, rate, {.momentum = Real{0.9}});
  RMSProp rms_prop(parameters.list, rate, {});
  Adam adam(parameters.list, rate, {});
  AdamW adam_w(parameters.list, rate, {.weight_decay = Real{0.01}});
  Times times = times_in_python("labs/03_optimizers/bench_torch.py", {options.layers, options.width});
  times["SGD"] = seconds_per_call([&] { sgd.step(); });
  times["momentum"] = seconds_per_call([&] { momentum.step(); });
  times["RMSProp"] = seconds_per_call([&] { rms_prop.step(); });
  times["Adam"] = seconds_per_call([&] { adam.step(); });
  times["AdamW"] = seconds_per_call([&] { adam_w.step(); });
  times["clipping"] = seconds_per_call([&] { clip_grad_norm(parameters.list, Real{1e-3}); });
  return times;
}

void run(const Options& options) {
  use_threads(1);
  Parameters parameters(options.layers, options.width);
  const Times times = median_times(options.rounds, [&] { return time_steps(options, parameters); });

  fmt::print("{} layers of {} x {}, one thread; nanoseconds per step and number, medians of {} rounds\n\n",
             options.layers, options.width, options.width, options.rounds);
  fmt::print("{:<10} {:>8} {:>9} {:>15}\n", "", "yours", "PyTorch", "PyTorch/yours");
  const double nanoseconds = 1e9 / static_cast<double>(parameter_count(parameters.list));
  bool compared = false;
  for (const std::string& name : names) {
    const auto torch = times.find("PyTorch." + name);
    fmt::print("{:<10} {:>8.2f}", name, nanoseconds * times.at(name));
    if (torch != times.end()) {
      fmt::print(" {:>9.2f} {:>15.2f}", nanoseconds * torch->second, torch->second / times.at(name));
      compared = true;
    }
    fmt::print("\n");
  }
  if (!compared) {
    fmt::print("\nPyTorch was not measured: install python3-torch\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Times a step of each optimizer, and PyTorch's.", "./course bench 03");
  program.number("--layers", options.layers, "layers of the model", 1, 1000);
  program.number("--width", options.width, "inputs and outputs of each layer", 1, 8192);
  program.number("--rounds", options.rounds, "how often each is timed", 1, 100);
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
