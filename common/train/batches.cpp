#include "train/batches.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <stdexcept>

#include "tensor/shape.hpp"

namespace nn {

namespace {

void check_rows(const char* function, std::span<const std::size_t> rows, std::size_t count) {
  const auto wrong = std::ranges::find_if(rows, [count](std::size_t r) { return r >= count; });
  if (wrong != rows.end()) {
    throw IdError(fmt::format("{}: there is no row {}, x has {}", function, *wrong, count));
  }
}

}  // namespace

Batches::Batches(std::size_t count, std::size_t batch_size, Random& random)
    : order_(count), batch_size_(batch_size), random_(&random) {
  if (batch_size == 0) {
    throw std::invalid_argument("Batches: batch_size is 0, but a batch needs at least one example");
  }
  std::iota(order_.begin(), order_.end(), std::size_t{0});
}

std::vector<std::span<const std::size_t>> Batches::epoch() {
  random_->shuffle(std::span(order_));
  std::vector<std::span<const std::size_t>> batches;
  for (std::span<const std::size_t> rest = order_; !rest.empty();) {
    const std::size_t size = std::min(batch_size_, rest.size());
    batches.push_back(rest.first(size));
    rest = rest.subspan(size);
  }
  return batches;
}

Matrix gather_rows(const Matrix& x, std::span<const std::size_t> rows) {
  check_rows("gather_rows", rows, x.shape(0));
  Matrix y({rows.size(), x.shape(1)});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::ranges::copy(row(x, rows[i]), row(y, i).begin());
  }
  return y;
}

IdVector gather(const IdVector& x, std::span<const std::size_t> rows) {
  check_rows("gather", rows, x.shape(0));
  IdVector y = IdVector::from_shape({rows.size()});
  std::ranges::transform(rows, y.begin(), [&x](std::size_t r) { return x(r); });
  return y;
}

}  // namespace nn
