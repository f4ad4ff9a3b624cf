#include "tensor/sequences.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "tensor/reshape.hpp"
#include "tensor/shape.hpp"

namespace nn {

namespace {

template <class T>
T steps_of(const T& x, std::size_t first, std::size_t count) {
  if (first > x.shape(0) || count > x.shape(0) - first) {
    throw ShapeError(fmt::format("time_steps: x has {} steps, not {} from step {} on", x.shape(0), count, first));
  }
  return xt::view(x, xt::range(first, first + count));
}

}  // namespace

void check_lengths(std::string_view function, const IdVector& lengths, std::size_t time, std::size_t batch) {
  check_shape(function, "lengths", lengths, {batch});
  for (std::size_t b = 0; b < batch; ++b) {
    if (lengths(b) < 1 || lengths(b) > time) {
      throw ShapeError(fmt::format("{}: the length of sequence {} is {}, expected 1 to {}, the number of steps",
                                   function, b, lengths(b), time));
    }
  }
}

Tensor3 time_steps(const Tensor3& x, std::size_t first, std::size_t count) { return steps_of(x, first, count); }

IdMatrix time_steps(const IdMatrix& ids, std::size_t first, std::size_t count) { return steps_of(ids, first, count); }

Tensor3 join_features(const Tensor3& a, const Tensor3& b) {
  const auto [time, batch, m] = a.shape();
  check_shape("join_features", "b", b, {time, batch, any});
  Tensor3 x({time, batch, m + b.shape(2)});
  for (std::size_t t = 0; t < time; ++t) {
    for (std::size_t r = 0; r < batch; ++r) {
      std::ranges::copy(row(b, t, r), std::ranges::copy(row(a, t, r), row(x, t, r).begin()).out);
    }
  }
  return x;
}

Tensor3 features(const Tensor3& x, std::size_t first, std::size_t count) {
  const auto [time, batch, n] = x.shape();
  if (first > n || count > n - first) {
    throw ShapeError(fmt::format("features: rows of x have {} numbers, not {} from number {} on", n, count, first));
  }
  Tensor3 y({time, batch, count});
  for (std::size_t t = 0; t < time; ++t) {
    for (std::size_t r = 0; r < batch; ++r) {
      std::ranges::copy(row(x, t, r).subspan(first, count), row(y, t, r).begin());
    }
  }
  return y;
}

void clear_padding(Tensor3& x, const IdVector& lengths) {
  check_lengths("clear_padding", lengths, x.shape(0), x.shape(1));
  for (std::size_t t = 0; t < x.shape(0); ++t) {
    for (std::size_t b = 0; b < x.shape(1); ++b) {
      if (t >= lengths(b)) {
        std::ranges::fill(row(x, t, b), Real{0});
      }
    }
  }
}

std::vector<std::size_t> rows_before_end(const IdVector& lengths, std::size_t time) {
  check_lengths("rows_before_end", lengths, time, lengths.size());
  std::vector<std::size_t> rows;
  for (std::size_t t = 0; t < time; ++t) {
    for (std::size_t b = 0; b < lengths.size(); ++b) {
      if (t < lengths(b)) {
        rows.push_back(t * lengths.size() + b);
      }
    }
  }
  return rows;
}

}  // namespace nn
