#include "program/sequence_bench.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <future>
#include <iterator>
#include <stdexcept>

#include "blas/threads.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "tensor/random.hpp"

namespace nn {

namespace {

struct BenchOptions {
  std::size_t time = 64;
  std::size_t batch = 32;
  std::vector<std::size_t> sizes{128, 256};
  std::size_t threads = 1;
  std::size_t rounds = 5;
};

/// Calls all functions, each on a thread of its own.
void run_side_by_side(const std::vector<std::function<void()>>& functions) {
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < functions.size(); ++i) {
    others.push_back(std::async(std::launch::async, functions[i]));
  }
  functions[0]();
  for (std::future<void>& other : others) {
    other.get();
  }
}

/// Measures one size: "ours.128", "products.128", and the parts by their names.
void measure_size(const SequenceBench& bench, const BenchOptions& options, std::size_t size, Times& times) {
  std::vector<SequenceWork> works;
  for (std::size_t i = 0; i < options.threads; ++i) {
    const std::size_t rows = options.batch * (i + 1) / options.threads - options.batch * i / options.threads;
    works.push_back(bench.work(options.time, rows, size));
  }
  const auto measure = [&](const std::string& name, const auto& part_of) {
    std::vector<std::function<void()>> functions;
    std::ranges::transform(works, std::back_inserter(functions), part_of);
    times[fmt::format("{}.{}", name, size)] = seconds_per_call([&] { run_side_by_side(functions); });
  };
  measure("ours", [](const SequenceWork& work) { return work.forward_and_backward; });
  measure("products", [](const SequenceWork& work) { return work.products; });
  for (std::size_t p = 0; p < works[0].parts.size(); ++p) {
    measure(works[0].parts[p].name, [p](const SequenceWork& work) { return work.parts[p].run; });
  }
}

Times measure_all(const SequenceBench& bench, const BenchOptions& options) {
  std::vector<std::size_t> arguments{options.time, options.batch, options.threads};
  arguments.insert(arguments.end(), options.sizes.begin(), options.sizes.end());
  Times times = times_in_python(bench.script, arguments);
  for (const std::size_t size : options.sizes) {
    measure_size(bench, options, size, times);
  }
  return times;
}

std::string milliseconds(double seconds) { return fmt::format("{:.1f} ms", 1e3 * seconds); }

/// The line of one size: times, ratios to ours, shares of ours.
void print_line(const SequenceBench& bench, const BenchOptions& options, const std::vector<std::string>& parts,
                const Times& times, std::size_t size) {
  const auto seconds = [&](const std::string& name) { return times.at(fmt::format("{}.{}", name, size)); };
  const double ours = seconds("ours"), products = seconds("products");
  fmt::print("{:<7}{:>10}", size, milliseconds(ours));
  for (const std::string& other : bench.others) {
    const auto found = times.find(fmt::format("{}.{}", other, size));
    const bool measured = found != times.end();
    fmt::print("{:>12}{:>7}", measured ? milliseconds(found->second) : "-",
               measured ? fmt::format("{:.2f}", found->second / ours) : "-");
  }
  // Each matrix takes part in three products of 2 size^2 operations a row: forward, and both gradients
  const auto flop = static_cast<double>(6 * bench.matrices * options.time * options.batch * size * size);
  fmt::print("{:>8.0f} %{:>9.1f}", 100 * products / ours, flop / products / 1e9);
  for (const std::string& part : parts) {
    fmt::print("{:>8.0f} %", 100 * seconds(part) / ours);
  }
  fmt::print("\n");
}

void print_table(const SequenceBench& bench, const BenchOptions& options, const Times& times) {
  std::vector<std::string> parts;
  for (const SequenceWork::Part& part : bench.work(1, 1, 1).parts) {
    parts.push_back(part.name);
  }
  fmt::print("forward and backward, {} steps, batch of {}, {} thread(s); medians of {} rounds\n\n", options.time,
             options.batch, options.threads, options.rounds);
  fmt::print("{:<7}{:>10}", "hidden", "ours");
  for (const std::string& other : bench.others) {
    fmt::print("{:>12}{:>7}", other, "ratio");
  }
  fmt::print("{:>10}{:>9}", "products", "GFLOP/s");
  for (const std::string& part : parts) {
    fmt::print("{:>10}", part);
  }
  fmt::print("\n");
  for (const std::size_t size : options.sizes) {
    print_line(bench, options, parts, times, size);
  }
  if (!times.contains(fmt::format("{}.{}", bench.others[0], options.sizes[0]))) {
    fmt::print("\nPyTorch was not measured: install python3-torch\n");
  }
}

}  // namespace

Tensor3 normal_sequence(std::size_t time, std::size_t batch, std::size_t size) {
  Random random(2);
  Tensor3 x = zeros({time, batch, size});
  fill_normal(values(x), random, 0, 1);
  return x;
}

int run_sequence_bench(const SequenceBench& bench, int argc, const char* const* argv) {
  BenchOptions options;
  ProgramOptions program(fmt::format("Times {} over a sequence, beside PyTorch's {}.", bench.layer, bench.others[0]),
                         bench.command);
  program.number("--time", options.time, "steps of a sequence", 1, 10'000);
  program.number("--batch", options.batch, "sequences in a batch", 1, 10'000);
  program.numbers("--sizes", options.sizes, "units, and as many inputs", 1, 4096);
  program.number("--threads", options.threads, "threads, of ours and of PyTorch", 1, 64);
  program.number("--rounds", options.rounds, "how often each is timed", 1, 100);
  return run_program(program, argc, argv, [&] {
    if (options.threads > options.batch) {
      throw std::invalid_argument(
          fmt::format("--threads is {}, more than the {} sequences of a batch", options.threads, options.batch));
    }
    use_threads(1);  // a thread takes a part of the batch; its products use one core
    print_table(bench, options, median_times(options.rounds, [&] { return measure_all(bench, options); }));
  });
}

}  // namespace nn
