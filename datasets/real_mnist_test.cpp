#include <array>
#include <chrono>
#include <doctest/doctest.h>
#include <iostream>
#include <string>

#include "datasets/catalogue.hpp"
#include "datasets/mnist.hpp"

namespace nn {
namespace {

TEST_SUITE("real") {
  TEST_CASE("MNIST has its known counts and mean" * doctest::skip()) {
    std::filesystem::path folder;
    try {
      folder = dataset_folder(COURSE_ROOT, "mnist");
    } catch (const std::exception& error) {
      std::cout << "skipped: " << error.what() << '\n';
      return;
    }
    const auto start = std::chrono::steady_clock::now();
    const ImageSets mnist = load_mnist(folder);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::cout << "read 70,000 images in " << seconds.count() << " s\n";

    CHECK(mnist.train.pixels.shape(0) == 60'000);
    CHECK(mnist.test.pixels.shape(0) == 10'000);
    std::array<int, 10> counts{};
    for (Id label : mnist.train.labels) {
      ++counts.at(label);
    }
    CHECK(counts == std::array{5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949});
    double sum = 0;
    for (Real pixel : mnist.train.pixels) {
      sum += static_cast<double>(pixel);
    }
    CHECK(sum / static_cast<double>(mnist.train.pixels.size()) == doctest::Approx(0.1307).epsilon(0.001));
  }
}

}  // namespace
}  // namespace nn
