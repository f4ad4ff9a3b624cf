#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "tensor/random.hpp"
#include "tensor/tensor.hpp"

namespace nn {

/// Splits the examples 0, 1, ..., count - 1 of a data set into mini-batches, in a new random order for every epoch:
///
///     Batches batches(images.shape(0), 64, random);
///     for (const std::span<const std::size_t> batch : batches.epoch()) {
///       const Matrix x = gather_rows(images, batch);
class Batches {
 public:
  /// `random` must outlive the object. Throws std::invalid_argument if batch_size is 0.
  Batches(std::size_t count, std::size_t batch_size, Random& random);

  /// The batches of the next epoch, valid until the next call: each example is in exactly one of them, and the last one
  /// is smaller if batch_size does not divide count.
  std::vector<std::span<const std::size_t>> epoch();

 private:
  std::vector<std::size_t> order_;
  std::size_t batch_size_;
  Random* random_;
};

/// x: (count, features) -> the rows with these numbers: (rows.size(), features). Throws IdError if x has no such row.
Matrix gather_rows(const Matrix& x, std::span<const std::size_t> rows);

/// x: (count) -> the entries with these numbers: (rows.size()). Throws IdError if x has no such entry.
IdVector gather(const IdVector& x, std::span<const std::size_t> rows);

}  // namespace nn
