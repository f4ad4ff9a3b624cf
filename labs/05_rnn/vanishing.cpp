// ./course run 05 vanishing: the norm of the gradient with respect to a state, against the number of steps back to it.
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "03_optimizers/optimizers.hpp"
#include "05_rnn/rnn.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "train/metrics.hpp"

namespace {

using namespace nn;

struct Options {
  std::size_t hidden_size = 128;
  std::size_t steps = 100;
  std::size_t batch_size = 16;
  std::uint64_t seed = 1;
  std::string out = "out/05_rnn";
};

const std::vector<Real> radii{Real(0.5), Real(0.9), 1, Real(1.1), Real(1.5)};

Matrix normal(std::size_t rows, std::size_t columns, Real deviation, Random& random) {
  Matrix x = zeros({rows, columns});
  fill_normal(values(x), random, 0, deviation);
  return x;
}

/// In double, since exploding gradients soon have squares that are too large for float.
double norm(const Matrix& x) {
  return std::sqrt(
      std::inner_product(x.begin(), x.end(), x.begin(), 0.0, std::plus<>(), [](double a, double b) { return a * b; }));
}

/// The norm of the gradient of a loss after the last step with respect to the state k = 0, 1, 2, ... steps before it,
/// divided by that for k = 0. The recurrent weight is an orthogonal matrix times the radius, so that all its
/// eigenvalues have that absolute value; inputs are normal with that deviation.
std::vector<double> gradient_norms(Real radius, Real deviation, const Options& options) {
  Random random(options.seed);
  RNNCell cell(options.hidden_size, options.hidden_size, random);
  orthogonal(cell.weight_ih.value, random);
  orthogonal(cell.weight_hh.value, random);
  cell.weight_hh.value *= radius;

  std::vector<RNNCell::Cache> caches(options.steps);
  Matrix h = zeros({options.batch_size, options.hidden_size});
  for (RNNCell::Cache& cache : caches) {
    h = cell.forward(normal(options.batch_size, options.hidden_size, deviation, random), h, cache);
  }
  Matrix dh = normal(options.batch_size, options.hidden_size, 1, random);
  const double first = norm(dh);
  std::vector<double> norms{1};
  for (std::size_t t = options.steps; t-- > 0;) {
    dh = cell.backward(dh, caches[t]).dh;
    norms.push_back(norm(dh) / first);
  }
  return norms;
}

/// Measures all radii, prints some of the norms, and draws them.
LinePlot measure(const std::string& title, Real deviation, const Options& options, Metrics& log) {
  LinePlot plot{.title = title, .x_label = "steps back", .y_label = "norm of the gradient", .log_y = true};
  fmt::print("\n{}\n{:<14}", title, "steps back");
  std::vector<std::size_t> shown;
  for (const std::size_t k : std::vector<std::size_t>{1, 5, 10, 20, 50, 100}) {
    if (k <= options.steps) {
      shown.push_back(k);
      fmt::print(" {:>9}", k);
    }
  }
  for (const Real radius : radii) {
    Curve curve{.name = fmt::format("ρ = {}", radius), .y = gradient_norms(radius, deviation, options)};
    fmt::print("\n{:<14}", fmt::format("radius {}", radius));
    for (const std::size_t k : shown) {
      fmt::print(" {:>9.2g}", curve.y[k]);
    }
    for (std::size_t k = 0; k < curve.y.size(); ++k) {
      curve.x.push_back(static_cast<double>(k));
      log.row({deviation, radius, k, curve.y[k]});
    }
    plot.curves.push_back(curve);
  }
  fmt::print("\n");
  return plot;
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  Metrics log(options.out + "/vanishing.csv", {"input_deviation", "radius", "steps_back", "norm"});
  const LinePlot none = measure("no inputs: the state is 0, the slope of tanh is 1", 0, options, log);
  const LinePlot normal_inputs = measure("normal inputs: the slope of tanh is below 1", 1, options, log);
  save_figure(options.out + "/vanishing.png", {none, normal_inputs});
  fmt::print("\nPicture: {0}/vanishing.png   Numbers: {0}/vanishing.csv\n", options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Measures how the gradient changes from step to step on its way back through a network.",
                             "./course run 05 vanishing");
  program.number("--hidden", options.hidden_size, "size of the state", 1, 4096);
  program.number("--steps", options.steps, "steps of the sequence", 1, 10'000);
  program.number("--batch", options.batch_size, "sequences", 1, 10'000);
  program.number("--seed", options.seed, "seed of weights and inputs");
  program.text("--out", options.out, "folder for the picture and the numbers");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
