#include "testing/diagnosis/groups.hpp"

#include <fmt/format.h>

#include "testing/diagnosis/arrangement.hpp"

namespace wire::diagnosis {

namespace {

/// The positions of a result in groups: of one index along an axis, or of one row along all axes but the last.
struct Grouping {
  std::string words;  // "row"
  std::vector<std::vector<std::size_t>> groups;
};

std::vector<std::vector<std::size_t>> groups_by(std::size_t count, const Spread& group_of, std::size_t size) {
  std::vector<std::vector<std::size_t>> groups(count);
  for (std::size_t i = 0; i < size; ++i) {
    groups[group_of(i)].push_back(i);
  }
  return groups;
}

std::vector<Grouping> groupings_of(const WrongValue& value) {
  std::vector<Grouping> groupings;
  const Shape& shape = value.expected.shape;
  std::size_t inner = value.got.x.size();
  for (std::size_t axis = 0; axis < shape.size() && shape.size() > 1; ++axis) {
    inner /= shape[axis];
    groupings.push_back({part_words(value, axis), groups_by(shape[axis], {inner, shape[axis]}, value.got.x.size())});
  }
  if (shape.size() > 2) {
    const std::size_t rows = value.got.x.size() / shape.back();
    groupings.push_back({"row of the last axis", groups_by(rows, {shape.back(), rows}, value.got.x.size())});
  }
  return groupings;
}

/// got = factor expected + shift in a group, through its numbers whose expected ones are farthest apart.
struct Line {
  double factor = 1;
  double shift = 0;
};

Line line_through(const WrongValue& value, const std::vector<std::size_t>& group, bool with_shift) {
  const auto& e = value.expected.x;
  const auto& g = value.got.x;
  const auto by_expected = [&](std::size_t a, std::size_t b) { return e[a] < e[b]; };
  const auto [low, high] = std::minmax_element(group.begin(), group.end(), by_expected);
  if (with_shift) {
    const double factor = e[*high] == e[*low] ? 1 : (g[*high] - g[*low]) / (e[*high] - e[*low]);
    return {factor, g[*low] - factor * e[*low]};
  }
  const std::size_t largest = std::abs(e[*low]) > std::abs(e[*high]) ? *low : *high;
  return {e[largest] == 0 ? 1 : g[largest] / e[largest], 0};
}

/// Whether line_of(group) gives all numbers of each group, and these say enough for `constants` in each.
template <class LineOf>
bool explain_groups(const WrongValue& value, const Grouping& grouping, int constants, const LineOf& line_of) {
  double evidence = 0;
  std::size_t telling = 0;
  for (const std::vector<std::size_t>& group : grouping.groups) {
    const Line line = line_of(group);
    double of_group = -constants * for_a_constant;
    for (const std::size_t i : group) {
      if (!is_near(value, value.got.x[i], line.factor * value.expected.x[i] + line.shift)) {
        return false;
      }
      of_group += bits(value, i);
    }
    evidence += std::max(0.0, of_group);
    telling += of_group > 0 ? 1 : 0;
  }
  return telling >= 2 && evidence >= 2 * enough;
}

template <class LineOf>
Words words_of_groups(const WrongValue& value, int constants, const char* text, const LineOf& line_of) {
  for (const Grouping& grouping : groupings_of(value)) {
    if (explain_groups(value, grouping, constants, line_of)) {
      return fmt::format(fmt::runtime(text), grouping.words);
    }
  }
  return {};
}

}  // namespace

Words is_multiple_in_groups(const WrongValue& value) {
  return words_of_groups(value, 1, "is what is expected times a factor that differs from {0} to {0}",
                         [&](const auto& group) { return line_through(value, group, false); });
}

Words is_shifted_in_groups(const WrongValue& value) {
  return words_of_groups(value, 1, "is what is expected plus one number for each {}", [&](const auto& group) {
    return Line{1, value.got.x[group.front()] - value.expected.x[group.front()]};
  });
}

Words is_scaled_and_shifted_in_groups(const WrongValue& value) {
  return words_of_groups(value, 2, "is what is expected times one factor, plus one number, for each {}",
                         [&](const auto& group) { return line_through(value, group, true); });
}

}  // namespace wire::diagnosis
