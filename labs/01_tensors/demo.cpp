// ./course demo 01: how fast the three matrix products are, how fast this machine could be, and why.
#include <array>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <vector>

#include "01_tensors/tensors.hpp"
#include "blas/matmul.hpp"
#include "blas/threads.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "tensor/random.hpp"
#include "train/metrics.hpp"

namespace {

using namespace nn;

// A vector that fills a register of this processor. It is the compiler's own vector type, so no intrinsics are needed.
#if defined(__AVX512F__)
constexpr std::size_t register_bytes = 64;
#elif defined(__AVX__)
constexpr std::size_t register_bytes = 32;
#else
constexpr std::size_t register_bytes = 16;
#endif
typedef Real Register __attribute__((vector_size(register_bytes)));

/// How many billion operations per second one core can do at best, measured with chains of multiply-adds in registers.
/// A single chain would wait for each result; of ten independent chains, one is always ready.
double peak_gflops() {
  constexpr std::size_t chains = 10;
  constexpr std::size_t steps = 2'000'000;
  constexpr std::size_t lanes = register_bytes / sizeof(Real);
  volatile Real result = 1;  // volatile, so that nothing is computed in advance or left out
  const double seconds = seconds_per_call([&] {
    const Register factor = Register{} + result * Real{0.5};
    std::array<Register, chains> x{};
    for (std::size_t step = 0; step < steps; ++step) {
#pragma GCC unroll 10
      for (std::size_t chain = 0; chain < chains; ++chain) {
        x[chain] = x[chain] * factor + factor;
      }
    }
    Real sum = 0;
    for (const Register& chain : x) {
      sum += chain[0];
    }
    result = sum / (2 * Real{chains});
  });
  return 2.0 * chains * lanes * steps / seconds / 1e9;
}

/// How many billion bytes per second one core moves to and from memory: a = b + 3 c on vectors that are larger than
/// every cache (the "triad" of McCalpin's STREAM benchmark).
double bandwidth_gigabytes() {
  constexpr std::size_t size = std::size_t{32} << 20;
  Vector a = zeros({size}), b = zeros({size}), c = zeros({size});
  const double seconds = seconds_per_call([&] { xt::noalias(a) = b + Real{3} * c; }, 0.6);
  return 3.0 * size * sizeof(Real) / seconds / 1e9;
}

/// The best speed that a machine can reach with this number of operations per byte: memory or arithmetic limits it.
struct Machine {
  double peak;       // GFLOP/s
  double bandwidth;  // GB/s
  double roof(double flops_per_byte) const { return std::min(peak, bandwidth * flops_per_byte); }
};

/// One of the three products and its speed at each size. The list ends early if the product is too slow for large
/// sizes.
struct Product {
  std::string name;
  Matrix (*multiply)(const Matrix&, const Matrix&);
  std::vector<double> gflops = {};
};

struct Options {
  std::vector<std::size_t> sizes = {24, 48, 96, 192, 384, 768, 1536};
  double patience = 2.5;  // seconds
  std::string out = "out/01_tensors";
};

double flops(std::size_t size) { return 2 * std::pow(static_cast<double>(size), 3); }

/// Operations per byte of a product of square matrices, if each matrix is moved from or to memory once.
double flops_per_byte(std::size_t size) { return flops(size) / (3.0 * sizeof(Real) * std::pow(size, 2)); }

/// Throws if a product is wrong, because then its speed means nothing.
void check_product(const Product& product, const Matrix& a, const Matrix& b) {
  const Matrix difference = product.multiply(a, b) - matmul(a, b);
  if (!(xt::amax(xt::abs(difference))() < Real(1e-2))) {
    throw std::runtime_error(product.name + " computes wrong numbers: see ./course test 01");
  }
}

/// GFLOP/s of a product, or nothing if one call would take too long, as estimated from the size before.
std::optional<double> measure(const Product& product, const Options& options, std::size_t i) {
  const std::size_t size = options.sizes[i];
  if (i > product.gflops.size() || (i > 0 && flops(size) / product.gflops.back() / 1e9 > options.patience)) {
    return std::nullopt;
  }
  Random random(size);
  Matrix a = zeros({size, size}), b = zeros({size, size});
  fill_uniform(values(a), random, -1, 1);
  fill_uniform(values(b), random, -1, 1);
  if (i < 3) {
    check_product(product, a, b);
  }
  return flops(size) / seconds_per_call([&] { product.multiply(a, b); }) / 1e9;
}

/// Measures and prints a table, line by line.
void measure_all(std::vector<Product>& products, const Options& options) {
  Metrics log(options.out + "/products.csv", {"size", "naive", "blocked", "blas"});
  fmt::print("\n{:>6} {:>11}", "size", "flops/byte");
  for (const Product& product : products) {
    fmt::print(" {:>9}", product.name);
  }
  fmt::print("   GFLOP/s\n");
  for (std::size_t i = 0; i < options.sizes.size(); ++i) {
    fmt::print("{:>6} {:>11.1f}", options.sizes[i], flops_per_byte(options.sizes[i]));
    for (Product& product : products) {
      if (const std::optional<double> gflops = measure(product, options, i)) {
        product.gflops.push_back(*gflops);
      }
      fmt::print(" {:>9}", i < product.gflops.size() ? fmt::format("{:.2f}", product.gflops[i]) : "too slow");
      std::fflush(stdout);
    }
    fmt::print("\n");
    const auto cell = [&](std::size_t p) {
      return i < products[p].gflops.size() ? Metrics::Cell(products[p].gflops[i]) : Metrics::Cell("");
    };
    log.row({options.sizes[i], cell(0), cell(1), cell(2)});
  }
}

/// GFLOP/s of column_mean on a matrix that is larger than every cache: one addition for each number read from memory.
double column_mean_gflops() {
  const Matrix x = zeros({1 << 15, 1 << 10});
  return static_cast<double>(x.size()) / seconds_per_call([&] { column_mean(x); }, 0.3) / 1e9;
}

/// Two panels: what the machine could do and what the functions do, and the products' speed by size.
void draw(const Machine& machine, const std::vector<Product>& products, double column_mean_speed,
          const Options& options) {
  LinePlot roofline{.title = "roofline of one core",
                    .x_label = "floating-point operations for each byte from memory",
                    .y_label = "GFLOP/s",
                    .log_x = true,
                    .log_y = true};
  LinePlot speed{.title = "product of two square matrices",
                 .x_label = "rows and columns",
                 .y_label = "GFLOP/s",
                 .log_x = true,
                 .log_y = true};
  std::vector<double> sizes, intensities;
  for (const std::size_t size : options.sizes) {
    sizes.push_back(static_cast<double>(size));
    intensities.push_back(flops_per_byte(size));
  }
  for (const Product& product : products) {
    const auto count = static_cast<std::ptrdiff_t>(product.gflops.size());
    roofline.curves.push_back(
        {product.name, product.gflops, {intensities.begin(), intensities.begin() + count}, false});
    speed.curves.push_back({product.name, product.gflops, {sizes.begin(), sizes.begin() + count}});
  }

  // The roof rises with the bandwidth, and is flat where arithmetic is the limit
  const double ridge = machine.peak / machine.bandwidth;
  const double left = 0.1, right = std::max(intensities.back(), 4 * ridge);
  roofline.curves.push_back({"roof", {machine.roof(left), machine.peak, machine.peak}, {left, ridge, right}});
  roofline.curves.push_back({"column_mean", {column_mean_speed}, {1.0 / sizeof(Real)}, false});
  speed.curves.push_back({"peak", {machine.peak, machine.peak}, {sizes.front(), sizes.back()}});
  save_figure(options.out + "/demo.png", {roofline, speed});
}

/// Prints how much faster each product is than the one before, at the largest size that was measured for all of them.
void conclude(const Machine& machine, const std::vector<Product>& products, const Options& options) {
  const std::vector<double>&naive = products[0].gflops, &blocked = products[1].gflops, &blas = products[2].gflops;
  const std::size_t last = std::min({naive.size(), blocked.size(), blas.size()}) - 1;
  const double factor = blocked[last] / naive[last];
  fmt::print("\nAt {0} x {0}, blocked is {1:.1f} times as fast as naive, BLAS {2:.1f} times as fast as blocked.\n",
             options.sizes[last], factor, blas[last] / blocked[last]);
  const double best = *std::ranges::max_element(blas);
  fmt::print("BLAS reaches {:.0f} of {:.0f} GFLOP/s, {:.0f} % of the measured peak.\n", best, machine.peak,
             100 * best / machine.peak);
  if (factor < 2) {
    fmt::print(
        "\nYour blocked product should be several times as fast as the naive one, but it is not. The innermost\n"
        "loop must run over j, along a row of b and a row of the result. Take both rows as spans before that loop,\n"
        "as in row(b, k).subspan(j0, width), and keep a(i, k) in a variable. More: ./course hint 1.6\n");
  }
}

void run(const Options& options) {
  use_threads(1);
  std::filesystem::create_directories(options.out);
  const Machine machine{peak_gflops(), bandwidth_gigabytes()};
  fmt::print("One core of this machine: {:.0f} GFLOP/s in registers, {:.1f} GB/s to and from memory.\n", machine.peak,
             machine.bandwidth);
  fmt::print("Code with fewer than {:.1f} operations per byte waits for memory.\n", machine.peak / machine.bandwidth);

  std::vector<Product> products = {
      {"naive", [](const Matrix& a, const Matrix& b) { return matmul_naive(a, b); }},
      {"blocked", [](const Matrix& a, const Matrix& b) { return matmul_blocked(a, b); }},
      {"BLAS", [](const Matrix& a, const Matrix& b) { return matmul_blas(Transpose::no, a, Transpose::no, b); }}};
  measure_all(products, options);
  conclude(machine, products, options);
  const double column_mean_speed = column_mean_gflops();
  fmt::print("column_mean does one addition per {} bytes: it reaches {:.1f} GFLOP/s, and memory allows {:.1f}.\n",
             sizeof(Real), column_mean_speed, machine.roof(1.0 / sizeof(Real)));
  draw(machine, products, column_mean_speed, options);
  fmt::print("\nPicture: {0}/demo.png   Numbers: {0}/products.csv\n", options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Measures your three matrix products and what this machine can do.", "./course demo 01");
  program.numbers("--sizes", options.sizes, "rows and columns of the matrices, each larger than the one before", 1,
                  8192);
  program.real("--patience", options.patience, "seconds that one product may take");
  program.text("--out", options.out, "folder for the picture and the numbers");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
