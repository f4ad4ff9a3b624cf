// ./course run 01 digits: reads digits without learning anything. A new image gets the label of the nearest known
// image.
#include "datasets/digits.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <numeric>
#include <string>
#include <vector>

#include "01_tensors/tensors.hpp"
#include "blas/threads.hpp"
#include "datasets/sources.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "train/accuracy.hpp"
#include "train/batches.hpp"

namespace {

using namespace nn;

struct Options {
  std::string data = "digits";
  std::size_t known = 10'000;
  std::size_t tests = 2'000;
  std::string out = "out/01_tensors";
};

/// The known images, and the images to read.
ImageSets load(const Options& options) {
  const ImageSets sets = load_image_sets(options.data, options.known, options.tests, 1);
  return {first_images(sets.train, options.known), first_images(sets.test, options.tests)};
}

/// For each test image, the row of the nearest known image. Takes a few hundred test images at a time, because all
/// distances together would not fit into memory.
IdVector nearest(const ImageSets& data) {
  const std::size_t count = data.test.labels.size();
  IdVector rows = IdVector::from_shape({count});
  for (std::size_t start = 0; start < count; start += 250) {
    std::vector<std::size_t> part(std::min<std::size_t>(250, count - start));
    std::iota(part.begin(), part.end(), start);
    const Matrix distances = pairwise_squared_distances(gather_rows(data.test.pixels, part), data.train.pixels);
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

/// Test images, each with its nearest known image on its right: those that were read correctly, or those that were not.
ImageGrid pairs(const ImageSets& data, const IdVector& nearest_rows, bool right) {
  ImageGrid grid{.title = right ? "read rightly: test image, nearest known image"
                                : "read wrongly: test image, nearest known image"};
  std::vector<Real> pixels;
  for (std::size_t i = 0; i < nearest_rows.size() && grid.captions.size() < 40; ++i) {
    const Id is = data.test.labels(i), seems = data.train.labels(nearest_rows(i));
    if ((is == seems) == right) {
      std::ranges::copy(row(data.test.pixels, i), std::back_inserter(pixels));
      std::ranges::copy(row(data.train.pixels, nearest_rows(i)), std::back_inserter(pixels));
      grid.captions.insert(grid.captions.end(), {fmt::format("is {}", is), fmt::format("seems {}", seems)});
    }
  }
  grid.images = zeros({grid.captions.size(), image_size});
  std::ranges::copy(pixels, grid.images.begin());
  return grid;
}

void run(const Options& options) {
  use_threads(1);
  std::filesystem::create_directories(options.out);
  const ImageSets data = load(options);
  fmt::print("{}: {} known images, {} to read ...\n", options.data, data.train.labels.size(), data.test.labels.size());
  std::fflush(stdout);
  const IdVector rows = nearest(data);
  const IdVector predictions = gather(data.train.labels, {rows.data(), rows.size()});
  fmt::print("{:.2f} % are read correctly.\n", 100 * accuracy(predictions, data.test.labels));

  // Time both ways on some of the images
  const Matrix a = first_images(data.test, 100).pixels, b = first_images(data.train, 2000).pixels;
  const double by_loops = seconds_per_call([&] { distances_by_loops(a, b); });
  const double by_product = seconds_per_call([&] { pairwise_squared_distances(a, b); });
  fmt::print(
      "{} distances: {:.1f} ms with a loop over the pixels of each pair, {:.1f} ms with one product, {:.0f} times "
      "faster.\n",
      a.shape(0) * b.shape(0), 1e3 * by_loops, 1e3 * by_product, by_loops / by_product);

  std::vector<Panel> panels{pairs(data, rows, true), pairs(data, rows, false)};
  save_figure(options.out + "/digits.png", panels);
  fmt::print("\nPicture: {}/digits.png\n", options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Reads digits by looking for the nearest known image.", "./course run 01 digits");
  nn::add_image_source(program, options.data);
  program.number("--known", options.known, "images whose digits are known", 1, 60'000);
  program.number("--tests", options.tests, "images to read", 1, 10'000);
  program.text("--out", options.out, "folder for the picture");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
