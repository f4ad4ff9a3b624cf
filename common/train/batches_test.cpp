#include "train/batches.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <stdexcept>

#include "tensor/shape.hpp"

namespace {

using nn::Batches;
using nn::Id;
using nn::IdVector;
using nn::Matrix;
using nn::Random;

std::vector<std::size_t> joined(const std::vector<std::span<const std::size_t>>& batches) {
  std::vector<std::size_t> all;
  for (const std::span<const std::size_t> batch : batches) {
    all.insert(all.end(), batch.begin(), batch.end());
  }
  return all;
}

}  // namespace

TEST_CASE("an epoch of Batches holds every example once and only the last batch is smaller") {
  Random random(1);
  for (const std::size_t count : std::vector<std::size_t>{0, 1, 5, 6, 7, 100}) {
    for (const std::size_t batch_size : std::vector<std::size_t>{1, 3, 6, 100}) {
      Batches batches(count, batch_size, random);
      for (int epoch = 0; epoch < 3; ++epoch) {
        const auto dealt = batches.epoch();
        CHECK(dealt.size() == (count + batch_size - 1) / batch_size);
        for (std::size_t i = 0; i + 1 < dealt.size(); ++i) {
          CHECK(dealt[i].size() == batch_size);
        }
        std::vector<std::size_t> all = joined(dealt);
        std::ranges::sort(all);
        REQUIRE(all.size() == count);
        for (std::size_t i = 0; i < count; ++i) {
          CHECK(all[i] == i);
        }
      }
    }
  }
}

TEST_CASE("Batches come in another order each epoch and in the same orders for the same seed") {
  Random random(1);
  Random same(1);
  Batches batches(50, 8, random);
  Batches again(50, 8, same);
  const auto first = joined(batches.epoch());
  const auto second = joined(batches.epoch());
  CHECK(first != second);
  CHECK(joined(again.epoch()) == first);
  CHECK(joined(again.epoch()) == second);
}

TEST_CASE("Batches of no example are refused") {
  Random random(1);
  CHECK_THROWS_AS(Batches(5, 0, random), std::invalid_argument);
}

TEST_CASE("gather_rows and gather copy what is named in the order it is named") {
  const Matrix x = {{1, 2}, {3, 4}, {5, 6}};
  const IdVector ids = {7, 8, 9};
  const std::vector<std::size_t> rows = {2, 0, 2};
  CHECK(nn::gather_rows(x, rows) == Matrix{{5, 6}, {1, 2}, {5, 6}});
  CHECK(nn::gather(ids, rows) == IdVector{9, 7, 9});
  CHECK(nn::gather_rows(x, {}).shape() == std::array<std::size_t, 2>{0, 2});
  CHECK(nn::gather(ids, {}).size() == 0);
}

TEST_CASE("gather_rows and gather refuse a row that is not there") {
  const Matrix x = {{1, 2}, {3, 4}};
  const std::vector<std::size_t> rows = {1, 2};
  CHECK_THROWS_WITH_AS(nn::gather_rows(x, rows), "gather_rows: there is no row 2, x has 2", nn::IdError);
  CHECK_THROWS_WITH_AS(nn::gather(IdVector{1}, rows), "gather: there is no row 1, x has 1", nn::IdError);
}
