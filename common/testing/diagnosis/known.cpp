#include "testing/diagnosis/known.hpp"

#include <fmt/format.h>

namespace wire::diagnosis {

namespace {

constexpr std::size_t max_work = 300'000;  // multiplications and additions
constexpr std::size_t max_derived = 200;

/// Collects what fits the shape of the result, while there is time.
class Collection {
 public:
  explicit Collection(const Shape& shape) : shape_(shape) {}

  /// One number alone is a constant, unless the result is one too.
  bool fits(const Shape& shape) const {
    return !spreads(shape, shape_).empty() && (product_of(shape) > 1 || product_of(shape_) == 1);
  }
  bool may_take(std::size_t work) {
    work_ += work;
    return work_ <= max_work && derived_.size() < max_derived;
  }
  void add(const std::string& words, Numbers numbers) { derived_.push_back({words, std::move(numbers), false}); }
  std::vector<Known> take() { return std::move(derived_); }

 private:
  Shape shape_;
  std::size_t work_ = 0;
  std::vector<Known> derived_;
};

Shape without_axis(Shape shape, std::size_t axis) {
  shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
  return shape;
}

/// "row", "column" or "slice along axis 2".
std::string axis_part(std::size_t axis, std::size_t rank) {
  return rank == 1 ? "element" : rank > 2 ? fmt::format("slice along axis {}", axis) : axis == 0 ? "row" : "column";
}

/// "its rows", "its columns" or "axis 2".
std::string axis_plural(std::size_t axis, std::size_t rank) {
  return rank == 1 ? "its elements" : rank > 2 ? fmt::format("axis {}", axis) : axis == 0 ? "its rows" : "its columns";
}

/// The first and last part along an axis, the sum of all and their mean.
void add_parts(Collection& collection, const Known& known, std::size_t axis) {
  const auto& [shape, x] = known.numbers;
  const Shape rest = without_axis(shape, axis);
  if (shape[axis] < 2 || !collection.fits(rest) || !collection.may_take(2 * x.size())) {
    return;
  }
  const std::size_t n = shape[axis];
  const std::size_t inner = product_of(Shape(shape.begin() + static_cast<std::ptrdiff_t>(axis) + 1, shape.end()));
  Numbers first{rest, std::vector<double>(x.size() / n)};
  Numbers last = first, sum = first, mean = first;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::size_t to = i / (inner * n) * inner + i % inner, part = i / inner % n;
    sum.x[to] += x[i];
    mean.x[to] += x[i] / static_cast<double>(n);
    (part == 0 ? first : last).x[to] = part == 0 || part + 1 == n ? x[i] : last.x[to];
  }
  const std::string part = axis_part(axis, shape.size());
  if (first.x.size() > 1) {
    collection.add(fmt::format("the first {} of {}", part, known.words), std::move(first));
    collection.add(fmt::format("the last {} of {}", part, known.words), std::move(last));
  }
  collection.add(fmt::format("the sum of {} over {}", known.words, axis_plural(axis, shape.size())), std::move(sum));
  collection.add(fmt::format("the mean of {} over {}", known.words, axis_plural(axis, shape.size())), std::move(mean));
}

/// The sums over all axes but one.
void add_sums_for(Collection& collection, const Known& known, std::size_t axis) {
  const auto& [shape, x] = known.numbers;
  if (shape.size() < 3 || !collection.fits({shape[axis]}) || !collection.may_take(x.size())) {
    return;
  }
  const std::size_t inner = product_of(Shape(shape.begin() + static_cast<std::ptrdiff_t>(axis) + 1, shape.end()));
  Numbers sum{{shape[axis]}, std::vector<double>(shape[axis])};
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum.x[i / inner % shape[axis]] += x[i];
  }
  collection.add(fmt::format("the sum of {} over all axes but axis {}", known.words, axis), std::move(sum));
}

/// tanh and sigmoid of what comes in.
void add_activations(Collection& collection, const Known& known) {
  if (!collection.fits(known.numbers.shape) || !collection.may_take(20 * known.numbers.x.size())) {
    return;
  }
  Numbers tanh = known.numbers, sigmoid = known.numbers;
  std::transform(tanh.x.begin(), tanh.x.end(), tanh.x.begin(), [](double x) { return std::tanh(x); });
  std::transform(sigmoid.x.begin(), sigmoid.x.end(), sigmoid.x.begin(),
                 [](double x) { return 1 / (1 + std::exp(-x)); });
  collection.add(fmt::format("tanh({})", known.words), std::move(tanh));
  collection.add(fmt::format("sigmoid({})", known.words), std::move(sigmoid));
}

void add_elementwise(Collection& collection, const Known& a, const Known& b) {
  if (a.numbers.shape != b.numbers.shape || a.numbers.shape.empty() || !collection.fits(a.numbers.shape) ||
      !collection.may_take(a.numbers.x.size())) {
    return;
  }
  Numbers product = a.numbers;
  for (std::size_t i = 0; i < product.x.size(); ++i) {
    product.x[i] *= b.numbers.x[i];
  }
  collection.add(fmt::format("{} times {}, elementwise", a.words, b.words), std::move(product));
}

/// One factor of a product of matrices, as it is or transposed.
struct Factor {
  const Known& known;
  bool is_transposed;

  std::size_t rows() const { return known.numbers.shape[is_transposed ? 1 : 0]; }
  std::size_t columns() const { return known.numbers.shape[is_transposed ? 0 : 1]; }
  double at(std::size_t r, std::size_t c) const {
    const std::size_t width = known.numbers.shape[1];
    return known.numbers.x[is_transposed ? c * width + r : r * width + c];
  }
  std::string words() const { return known.words + (is_transposed ? "^T" : ""); }
};

void add_product(Collection& collection, const Factor& a, const Factor& b) {
  const Shape shape{a.rows(), b.columns()};
  if (a.columns() != b.rows() || !collection.fits(shape) ||
      !collection.may_take(a.rows() * a.columns() * b.columns())) {
    return;
  }
  Numbers product{shape, {}};
  for (std::size_t r = 0; r < a.rows(); ++r) {
    for (std::size_t c = 0; c < b.columns(); ++c) {
      double sum = 0;
      for (std::size_t k = 0; k < a.columns(); ++k) {
        sum += a.at(r, k) * b.at(k, c);
      }
      product.x.push_back(sum);
    }
  }
  collection.add(fmt::format("{} {}", a.words(), b.words()), std::move(product));
}

}  // namespace

std::vector<Known> derived_from(const std::vector<Known>& known, const Shape& shape) {
  Collection collection(shape);
  for (const Known& one : known) {
    for (std::size_t axis = 0; axis < one.numbers.shape.size() && !one.are_ids; ++axis) {
      add_parts(collection, one, axis);
      add_sums_for(collection, one, axis);
    }
  }
  for (const Known& one : known) {
    if (!one.are_ids) {
      add_activations(collection, one);
    }
  }
  for (const Known& a : known) {
    for (const Known& b : known) {
      if (a.are_ids || b.are_ids) {
        continue;
      }
      if (&a < &b) {
        add_elementwise(collection, a, b);
      }
      if (a.numbers.shape.size() == 2 && b.numbers.shape.size() == 2) {
        add_product(collection, {a, false}, {b, false});
        add_product(collection, {a, true}, {b, false});
        add_product(collection, {a, false}, {b, true});
      }
    }
  }
  return collection.take();
}

}  // namespace wire::diagnosis
