// ./course run 01 digits: reads digits without learning anything. A new image is what the nearest known image is.
#include "datasets/digits.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <numeric>
#include <string>
#include <vector>

#include "01_tensors/measure.hpp"
#include "01_tensors/tensors.hpp"
#include "datasets/catalogue.hpp"
#include "datasets/mnist.hpp"
#include "plot/plot.hpp"
#include "tensor/memory.hpp"
#include "train/batches.hpp"

namespace {

using namespace nn;

struct Options {
  std::string data = "digits";
  std::size_t known = 10'000;
  std::size_t tests = 2'000;
  std::string out = "out/01_tensors";
};

struct Data {
  Images known;
  Images test;
};

Images first(const Images& images, std::size_t count) {
  std::vector<std::size_t> rows(std::min(count, images.labels.size()));
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return {gather_rows(images.pixels, rows), gather(images.labels, rows)};
}

Data load(const Options& options) {
  if (options.data == "mnist") {
    const char* root = std::getenv("COURSE_ROOT");
    const Mnist mnist = load_mnist(dataset_folder(root == nullptr ? "." : root, "mnist"));
    return {first(mnist.train, options.known), first(mnist.test, options.tests)};
  }
  Random known_random(1, 1);
  Random test_random(1, 2);
  return {draw_digits(options.known, known_random), draw_digits(options.tests, test_random)};
}

/// For each test image the row of the known image that is nearest, a few hundred test images at a time: all distances
/// at once would not fit into memory.
IdVector nearest(const Data& data) {
  const std::size_t count = data.test.labels.size();
  IdVector rows = IdVector::from_shape({count});
  for (std::size_t start = 0; start < count; start += 250) {
    std::vector<std::size_t> part(std::min<std::size_t>(250, count - start));
    std::iota(part.begin(), part.end(), start);
    const Matrix distances = pairwise_squared_distances(gather_rows(data.test.pixels, part), data.known.pixels);
    for (std::size_t i = 0; i < part.size(); ++i) {
      const std::span<const Real> to_known = row(distances, i);
      rows(start + i) = static_cast<Id>(std::ranges::min_element(to_known) - to_known.begin());
    }
  }
  return rows;
}

/// The same distances by their definition, a loop over the features of every pair.
Matrix distances_by_loops(const Matrix& a, const Matrix& b) {
  Matrix distances = zeros({a.shape(0), b.shape(0)});
  for (std::size_t i = 0; i < a.shape(0); ++i) {
    for (std::size_t j = 0; j < b.shape(0); ++j) {
      const std::span<const Real> a_i = row(a, i), b_j = row(b, j);
      for (std::size_t k = 0; k < a_i.size(); ++k) {
        distances(i, j) += (a_i[k] - b_j[k]) * (a_i[k] - b_j[k]);
      }
    }
  }
  return distances;
}

/// Test images with their nearest known images to the right of them: those read rightly or those read wrongly.
ImageGrid pairs(const Data& data, const IdVector& nearest_rows, bool right) {
  ImageGrid grid{.title = right ? "read rightly: test image, nearest known image"
                                : "read wrongly: test image, nearest known image"};
  std::vector<Real> pixels;
  for (std::size_t i = 0; i < nearest_rows.size() && grid.captions.size() < 40; ++i) {
    const Id is = data.test.labels(i), seems = data.known.labels(nearest_rows(i));
    if ((is == seems) == right) {
      std::ranges::copy(row(data.test.pixels, i), std::back_inserter(pixels));
      std::ranges::copy(row(data.known.pixels, nearest_rows(i)), std::back_inserter(pixels));
      grid.captions.insert(grid.captions.end(), {fmt::format("is {}", is), fmt::format("seems {}", seems)});
    }
  }
  grid.images = zeros({grid.captions.size(), image_size});
  std::ranges::copy(pixels, grid.images.begin());
  return grid;
}

int run(const Options& options) {
  std::filesystem::create_directories(options.out);
  const Data data = load(options);
  fmt::print("{}: {} known images, {} to read ...\n", options.data, data.known.labels.size(), data.test.labels.size());
  std::fflush(stdout);
  const IdVector rows = nearest(data);
  IdVector predictions = rows;
  std::size_t right = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    predictions(i) = data.known.labels(rows(i));
    right += predictions(i) == data.test.labels(i) ? 1 : 0;
  }
  fmt::print("{:.2f} % are read rightly.\n", 100.0 * static_cast<double>(right) / static_cast<double>(rows.size()));

  // Time both ways on a part of the images
  const Matrix a = first(data.test, 100).pixels, b = first(data.known, 2000).pixels;
  const double by_loops = fastest([&] { distances_by_loops(a, b); });
  const double by_product = fastest([&] { pairwise_squared_distances(a, b); });
  fmt::print(
      "{} distances: {:.1f} ms by a loop over the pixels of each pair, {:.1f} ms by one product: {:.0f} times.\n",
      a.shape(0) * b.shape(0), 1e3 * by_loops, 1e3 * by_product, by_loops / by_product);

  std::vector<Panel> panels{pairs(data, rows, true), pairs(data, rows, false)};
  save_figure(options.out + "/digits.png", panels);
  fmt::print("\nPicture: {}/digits.png\n", options.out);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  nn::use_one_thread(argv);
  nn::keep_freed_memory();
  Options options;
  CLI::App app("Reads digits by looking for the nearest known image.", "./course run 01 digits");
  app.add_option("--data", options.data, "digits: drawn by ourselves; mnist: real ones (./course data get mnist)")
      ->check(CLI::IsMember({"digits", "mnist"}));
  app.add_option("--known", options.known, "images whose digits are known")->check(CLI::Range(1, 60'000));
  app.add_option("--tests", options.tests, "images to read")->check(CLI::Range(1, 10'000));
  app.add_option("--out", options.out, "folder for the picture");
  CLI11_PARSE(app, argc, argv);
  try {
    return run(options);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
