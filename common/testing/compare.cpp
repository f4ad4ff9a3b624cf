#include "testing/compare.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

#include "safetensors/shape_text.hpp"

namespace wire {

namespace {

/// Mean and standard deviation.
struct Moments {
  double mean = 0;
  double deviation = 0;
};

Moments moments_of(const std::vector<double>& x) {
  Moments result;
  for (const double value : x) {
    result.mean += value / static_cast<double>(x.size());
  }
  for (const double value : x) {
    result.deviation += (value - result.mean) * (value - result.mean) / static_cast<double>(x.size());
  }
  result.deviation = std::sqrt(result.deviation);
  return result;
}

std::vector<std::size_t> index_of(std::size_t position, const std::vector<std::size_t>& shape) {
  std::vector<std::size_t> index(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    index[axis] = position % shape[axis];
    position /= shape[axis];
  }
  return index;
}

std::string shape_words(const std::vector<std::size_t>& shape) {
  return shape.empty() ? "scalar" : "shape " + safetensors::shape_text(shape);
}

/// Counts the numbers for which off(i) > 0, and remembers where off is largest; NaN is larger than anything.
template <class Off>
void find_differing(Comparison& comparison, const std::vector<double>& got, const std::vector<double>& expected,
                    Off off) {
  double worst = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double distance = std::isnan(got[i]) ? std::numeric_limits<double>::infinity() : off(got[i], expected[i]);
    if (!(distance > 0)) {
      continue;
    }
    ++comparison.differing;
    comparison.not_finite |= !std::isfinite(got[i]) && std::isfinite(expected[i]);
    if (distance > worst) {
      worst = distance;
      comparison.worst_index = index_of(i, comparison.got_shape);
      comparison.got = got[i];
      comparison.expected = expected[i];
    }
  }
  comparison.passed = comparison.differing == 0;
}

void compare_close(Comparison& comparison, const std::vector<double>& got, const std::vector<double>& expected,
                   double tolerance) {
  // Scale the tolerance by the largest expected number, to allow for rounding in sums of large terms
  double largest = 1e-6;
  for (const double value : expected) {
    largest = std::isfinite(value) ? std::max(largest, std::abs(value)) : largest;
  }
  find_differing(comparison, got, expected, [&](double g, double e) {
    if (std::isnan(e)) {
      return std::numeric_limits<double>::infinity();
    }
    comparison.error = std::max(comparison.error, g == e ? 0 : std::abs(g - e) / largest);
    return g == e ? 0 : std::max(0.0, std::abs(g - e) - tolerance * largest);
  });
}

void compare_moments(Comparison& comparison, const std::vector<double>& got, const std::vector<double>& expected,
                     double tolerance) {
  const Moments ours = moments_of(got);
  const Moments reference = moments_of(expected);
  const double most = tolerance * reference.deviation;
  comparison.passed =
      std::abs(ours.mean - reference.mean) <= most && std::abs(ours.deviation - reference.deviation) <= most;
  comparison.differing = comparison.passed ? 0 : got.size();
  const bool mean_is_off = std::abs(ours.mean - reference.mean) > most;
  comparison.got = mean_is_off ? ours.mean : ours.deviation;
  comparison.expected = mean_is_off ? reference.mean : reference.deviation;
}

void compare_accuracy(Comparison& comparison, const Array& got, const Matcher& matcher) {
  const auto predicted = got.numbers<std::uint64_t>();
  const auto labels = matcher.labels.numbers<std::uint64_t>();
  std::size_t right = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    right += predicted[i] == labels[i] ? 1 : 0;
  }
  comparison.got = labels.empty() ? 0 : static_cast<double>(right) / static_cast<double>(labels.size());
  comparison.expected = matcher.low;
  comparison.passed = comparison.got >= matcher.low;
  comparison.differing = labels.size() - right;
}

}  // namespace

Comparison compare(const Array& got, const Array& expected, const Matcher& matcher) {
  Comparison comparison;
  comparison.kind = matcher.kind;
  if (got.dtype == safetensors::DType::u8 && expected.dtype == safetensors::DType::u8) {
    comparison.texts = true;
    comparison.got_text = text_of(got);
    comparison.expected_text = text_of(expected);
    comparison.passed = got == expected;
    return comparison;
  }
  comparison.got_shape = got.shape;
  comparison.expected_shape = matcher.kind == Matcher::Kind::accuracy ? matcher.labels.shape : expected.shape;
  if (got.shape != comparison.expected_shape || got.dtype != expected.dtype) {
    return comparison;
  }

  const std::vector<double> got_numbers = got.as_doubles();
  const std::vector<double> expected_numbers = expected.as_doubles();
  const auto is_zero = [](double x) { return x == 0; };
  comparison.all_zero = got_numbers.size() > 1 && std::ranges::all_of(got_numbers, is_zero) &&
                        !std::ranges::all_of(expected_numbers, is_zero);
  switch (matcher.kind) {
    case Matcher::Kind::close:
      // Ids must be exactly equal
      compare_close(comparison, got_numbers, expected_numbers,
                    got.dtype == safetensors::DType::u64 ? 0 : matcher.tolerance);
      break;
    case Matcher::Kind::between:
      comparison.low = matcher.low;
      comparison.high = matcher.high;
      find_differing(comparison, got_numbers, expected_numbers, [&](double g, double) {
        return std::max({0.0, matcher.low - g, g - matcher.high});
      });
      break;
    case Matcher::Kind::accuracy:
      compare_accuracy(comparison, got, matcher);
      break;
    case Matcher::Kind::moments:
      compare_moments(comparison, got_numbers, expected_numbers, matcher.tolerance);
      break;
  }
  return comparison;
}

std::string describe(const Comparison& c, bool reveal) {
  if (c.passed) {
    return "as expected";
  }
  if (c.texts) {
    return fmt::format("got {}{}", c.got_text, reveal ? ", expected " + c.expected_text : "");
  }
  if (c.got_shape != c.expected_shape) {
    return fmt::format("wrong shape: got {}, expected {}", shape_words(c.got_shape), shape_words(c.expected_shape));
  }
  if (c.kind == Matcher::Kind::accuracy) {
    return fmt::format("{:.1f} % are correct, but at least {:.1f} % are needed", 100 * c.got, 100 * c.expected);
  }
  const std::string expected = reveal ? fmt::format(", expected {:.9g}", c.expected) : "";
  if (c.kind == Matcher::Kind::moments) {
    return fmt::format("mean or standard deviation is off: got {:.4g}{}", c.got, expected);
  }
  if (c.differing == 0) {
    return "expected numbers of a different type";
  }

  std::size_t total = 1;
  for (const std::size_t size : c.got_shape) {
    total *= size;
  }
  const std::string wanted =
      c.kind == Matcher::Kind::between ? fmt::format(", which is not in [{:.4g}, {:.4g}]", c.low, c.high) : expected;
  const std::string remark = c.not_finite ? " (NaN or infinity: look for a division by zero, exp or log of a large or "
                                            "negative number)"
                             : c.all_zero ? " (all numbers are 0: are they computed at all?)"
                                          : "";
  if (c.got_shape.empty()) {
    return fmt::format("got {:.9g}{}{}", c.got, wanted, remark);
  }
  return fmt::format("{} of {} numbers differ; worst at {}: got {:.9g}{} ({}){}", c.differing, total,
                     safetensors::shape_text(c.worst_index), c.got, wanted, shape_words(c.got_shape), remark);
}

}  // namespace wire
