#include "testing/diagnosis/arrangement.hpp"

#include <fmt/format.h>
#include <numeric>

namespace wire::diagnosis {

namespace {

constexpr std::size_t max_parts = 64;

/// An array cut into equal parts along an axis, with a name for a part.
struct Cut {
  std::size_t axis;
  std::size_t parts;
  std::string part;  // "row", "fourth of the columns"
};

std::vector<Cut> cuts_of(const WrongValue& value) {
  std::vector<Cut> cuts;
  const Shape& shape = value.expected.shape;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    cuts.push_back({axis, shape[axis], part_words(value, axis)});
  }
  if (!shape.empty()) {
    const std::size_t last = shape.size() - 1;
    for (const std::size_t parts : {std::size_t{2}, std::size_t{3}, std::size_t{4}}) {
      if (shape[last] % parts == 0 && shape[last] > parts) {
        cuts.push_back(
            {last, parts, fmt::format("1/{} of {}", parts, shape.size() == 1 ? "the vector" : "the columns")});
      }
    }
  }
  return cuts;
}

/// The numbers of a part, outer index first.
std::vector<double> part_of(const Numbers& numbers, const Cut& cut, std::size_t part) {
  const std::size_t size = numbers.shape[cut.axis] / cut.parts;
  std::size_t inner = size;
  for (std::size_t axis = cut.axis + 1; axis < numbers.shape.size(); ++axis) {
    inner *= numbers.shape[axis];
  }
  std::vector<double> x;
  for (std::size_t begin = part * inner; begin < numbers.x.size(); begin += inner * cut.parts) {
    x.insert(x.end(), numbers.x.begin() + static_cast<std::ptrdiff_t>(begin),
             numbers.x.begin() + static_cast<std::ptrdiff_t>(begin + inner));
  }
  return x;
}

bool are_near(const WrongValue& value, const std::vector<double>& got, const std::vector<double>& predicted) {
  return std::equal(got.begin(), got.end(), predicted.begin(), predicted.end(),
                    [&](double g, double p) { return is_near(value, g, p); });
}

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// For every part that came, the part where it is expected: its own if it is correct, else nowhere or the first.
std::vector<std::size_t> sources_of(const WrongValue& value, const Cut& cut) {
  std::vector<std::vector<double>> expected;
  for (std::size_t k = 0; k < cut.parts; ++k) {
    expected.push_back(part_of(value.expected, cut, k));
  }
  std::vector<std::size_t> sources;
  for (std::size_t k = 0; k < cut.parts; ++k) {
    const std::vector<double> got = part_of(value.got, cut, k);
    std::size_t source = are_near(value, got, expected[k]) ? k : nowhere;
    for (std::size_t j = 0; j < cut.parts && source == nowhere; ++j) {
      source = are_near(value, got, expected[j]) ? j : nowhere;
    }
    sources.push_back(source);
  }
  return sources;
}

std::string list_of(const std::vector<std::size_t>& numbers) {
  std::string text;
  for (const std::size_t number : numbers) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", number);
  }
  return text;
}

template <class Source>
bool all_are(const std::vector<std::size_t>& sources, std::size_t first, std::size_t last, const Source& source) {
  for (std::size_t k = first; k < last; ++k) {
    if (sources[k] != source(k)) {
      return false;
    }
  }
  return true;
}

/// What the sources of the parts have in common, in words.
Words pattern_of(const std::vector<std::size_t>& sources, const std::string& part) {
  const std::size_t n = sources.size();
  if (all_are(sources, 0, n, [&](std::size_t k) { return n - 1 - k; })) {
    return n == 2 ? fmt::format("has its two parts exchanged, each a {}", part)
                  : fmt::format("has the opposite order: the first {} is what the last one should be", part);
  }
  if (sources[0] != nowhere && n > 2 && all_are(sources, 0, n, [&](std::size_t) { return sources[0]; })) {
    return fmt::format("has in every {} what is expected in number {} of them", part, sources[0]);
  }
  if (n > 3 && all_are(sources, 1, n, [](std::size_t k) { return k - 1; })) {
    return fmt::format("is late by one: each {} is what is expected in the one before it", part);
  }
  if (n > 3 && all_are(sources, 0, n - 1, [](std::size_t k) { return k + 1; })) {
    return fmt::format("is early by one: each {} is what is expected in the one after it", part);
  }
  const bool is_incomplete = std::find(sources.begin(), sources.end(), nowhere) != sources.end();
  if (is_incomplete || part == "element") {  // single numbers are equal by chance
    return {};
  }
  return n > 16 ? fmt::format("has the correct numbers, each {} at the place of another", part)
                : fmt::format("has the correct numbers at other places: of each {} in order it has those of {}", part,
                              list_of(sources));
}

double total_bits(const WrongValue& value) {
  return std::accumulate(value.wrong.begin(), value.wrong.end(), 0.0,
                         [&](double sum, std::size_t i) { return sum + bits(value, i); });
}

/// x with axes a and b exchanged.
std::vector<double> exchanged(const Numbers& numbers, std::size_t a, std::size_t b, Shape& shape) {
  const std::size_t rank = numbers.shape.size();
  shape = numbers.shape;
  std::swap(shape[a], shape[b]);
  std::vector<std::size_t> stride(rank, 1);
  for (std::size_t axis = rank - 1; axis-- > 0;) {
    stride[axis] = stride[axis + 1] * numbers.shape[axis + 1];
  }
  std::swap(stride[a], stride[b]);
  std::vector<double> x;
  x.reserve(numbers.x.size());
  for (std::size_t i = 0; i < numbers.x.size(); ++i) {
    std::size_t from = 0;
    for (std::size_t axis = rank, rest = i; axis-- > 0; rest /= shape[axis]) {
      from += rest % shape[axis] * stride[axis];
    }
    x.push_back(numbers.x[from]);
  }
  return x;
}

/// The given size of an axis; "" unless the sizes of all axes are given, and differ, so that none is taken for another.
std::string name_of_axis(const WrongValue& value, std::size_t axis) {
  std::string name;
  for (const std::size_t size : value.expected.shape) {
    const auto is_named = [size](const Scalar& s) {
      return s.words.front() == '\'' && s.value == static_cast<double>(size);
    };
    if (std::count(value.expected.shape.begin(), value.expected.shape.end(), size) != 1 ||
        std::count_if(value.scalars.begin(), value.scalars.end(), is_named) != 1) {
      return "";
    }
    if (size == value.expected.shape[axis]) {
      name = std::find_if(value.scalars.begin(), value.scalars.end(), is_named)->words;
    }
  }
  return name;
}

}  // namespace

std::string part_words(const WrongValue& value, std::size_t axis) {
  const Shape& shape = value.expected.shape;
  if (shape.size() == 1) {
    return "element";
  }
  if (shape.size() == 2) {
    return axis == 0 ? "row" : "column";
  }
  const std::string name = name_of_axis(value, axis);
  return fmt::format("slice along axis {}{}", axis, name.empty() ? "" : " (" + name + ")");
}

std::string part_words(const WrongValue& value, std::size_t axis, std::size_t number) {
  const std::string words = part_words(value, axis);
  const std::size_t noun = std::min(words.find(' '), words.size());
  return fmt::format("{} {}{}", words.substr(0, noun), number, words.substr(noun));
}

Words is_transposed(const Numbers& got, const Numbers& expected, double rounding) {
  for (std::size_t a = 0; a < expected.shape.size(); ++a) {
    for (std::size_t b = a + 1; b < expected.shape.size(); ++b) {
      Shape shape;
      const std::vector<double> x = exchanged(expected, a, b, shape);
      const bool is_equal = std::equal(x.begin(), x.end(), got.x.begin(), got.x.end(),
                                       [&](double e, double g) { return std::abs(e - g) <= rounding; });
      if (is_equal && shape[a] > 1 && shape[b] > 1) {
        const std::string what = expected.shape.size() == 2
                                     ? "the transpose of what is expected"
                                     : fmt::format("what is expected with axes {} and {} exchanged", a, b);
        return shape == got.shape ? "is " + what : "has the numbers of " + what + ", under the expected shape";
      }
    }
  }
  return {};
}

Words is_rearranged(const WrongValue& value) {
  if (total_bits(value) < enough || value.wrong.size() < 2) {
    return {};
  }
  for (const Cut& cut : cuts_of(value)) {
    if (cut.parts < 2 || cut.parts > max_parts) {
      continue;
    }
    if (Words words = pattern_of(sources_of(value, cut), cut.part)) {
      return words;
    }
  }
  return {};
}

Words is_shuffled(const WrongValue& value) {
  // What is not a number has no place in an order
  if (total_bits(value) < 2 * enough ||
      !std::all_of(value.got.x.begin(), value.got.x.end(), [](double x) { return std::isfinite(x); })) {
    return {};
  }
  std::vector<double> got = value.got.x;
  std::vector<double> expected = value.expected.x;
  std::sort(got.begin(), got.end());
  std::sort(expected.begin(), expected.end());
  return are_near(value, got, expected) ? Words("has all the expected numbers, but in another order") : Words();
}

Words is_repeated(const WrongValue& value) {
  for (const Cut& cut : cuts_of(value)) {
    if (cut.parts < 3 || cut.parts > max_parts || total_bits(value) < 2 * enough) {
      continue;
    }
    const std::vector<double> first = part_of(value.got, cut, 0);
    bool is_equal = first.size() > 1;
    bool is_expected = true;
    for (std::size_t k = 1; k < cut.parts && is_equal; ++k) {
      is_equal = are_near(value, part_of(value.got, cut, k), first);
      is_expected = is_expected && are_near(value, part_of(value.expected, cut, k), part_of(value.expected, cut, 0));
    }
    if (is_equal && !is_expected) {
      return fmt::format("has the same numbers in each {}", cut.part);
    }
  }
  return {};
}

}  // namespace wire::diagnosis
