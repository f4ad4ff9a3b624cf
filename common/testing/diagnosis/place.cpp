#include "testing/diagnosis/place.hpp"

#include <fmt/format.h>
#include <functional>
#include <limits>

#include "testing/diagnosis/arrangement.hpp"

namespace wire::diagnosis {

namespace {

/// Whether a position belongs to a place.
using Contains = std::function<bool(std::size_t)>;

/// Compares places with the wrong positions, and keeps the first that is equal.
class Search {
 public:
  explicit Search(const WrongValue& value) : is_wrong_(value.got.x.size(), false) {
    for (const std::size_t i : value.wrong) {
      is_wrong_[i] = true;
    }
  }

  bool found() const { return !words_.empty(); }
  const std::string& words() const { return words_; }
  bool is_wrong(std::size_t i) const { return is_wrong_[i]; }

  void try_place(const std::string& words, const Contains& contains) {
    for (std::size_t i = 0; i < is_wrong_.size() && !found(); ++i) {
      if (contains(i) != is_wrong_[i]) {
        return;
      }
    }
    words_ = found() ? words_ : words;
  }

 private:
  std::vector<bool> is_wrong_;
  std::string words_;
};

/// How many bits it takes to choose the wrong positions among all: the logarithm of a binomial coefficient.
double bits_of_choice(std::size_t wrong, std::size_t all) {
  const auto log_factorial = [](std::size_t n) { return std::lgamma(static_cast<double>(n) + 1); };
  return (log_factorial(all) - log_factorial(wrong) - log_factorial(all - wrong)) / std::log(2.0);
}

/// Where a number has a sign.
void try_signs(Search& search, const std::string& words, const std::vector<double>& x, const Spread& spread) {
  const auto at = [&x, spread](std::size_t i) { return x[spread(i)]; };
  const auto is_negative = [](double number) { return number < 0; };
  if (std::any_of(x.begin(), x.end(), is_negative)) {
    search.try_place(fmt::format("where {} is negative", words), [&](std::size_t i) { return at(i) < 0; });
    search.try_place(fmt::format("where {} is positive", words), [&](std::size_t i) { return at(i) > 0; });
  }
  search.try_place(fmt::format("where {} is 0", words), [&](std::size_t i) { return at(i) == 0; });
}

/// Where a known number is on one side of a threshold: everything wrong may be above everything correct, or below.
void try_thresholds(Search& search, const WrongValue& value, const std::string& words, const std::vector<double>& x,
                    const Spread& spread) {
  const auto at = [&x, spread](std::size_t i) { return x[spread(i)]; };
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double wrong_low = infinity, wrong_high = -infinity, right_low = infinity, right_high = -infinity;
  for (std::size_t i = 0; i < value.got.x.size(); ++i) {
    double& low = search.is_wrong(i) ? wrong_low : right_low;
    double& high = search.is_wrong(i) ? wrong_high : right_high;
    low = std::min(low, at(i));
    high = std::max(high, at(i));
  }
  if (wrong_low > right_high) {
    search.try_place(fmt::format("where {} is {:.3g} or more", words, wrong_low),
                     [&](std::size_t i) { return at(i) >= wrong_low; });
  }
  if (wrong_high < right_low) {
    search.try_place(fmt::format("where {} is {:.3g} or less", words, wrong_high),
                     [&](std::size_t i) { return at(i) <= wrong_high; });
  }
}

/// The first or last parts along an axis, and single ones.
void try_parts(Search& search, const WrongValue& value, std::size_t axis) {
  const Shape& shape = value.expected.shape;
  const std::size_t inner = product_of(Shape(shape.begin() + static_cast<std::ptrdiff_t>(axis) + 1, shape.end()));
  const std::size_t n = shape[axis];
  const auto part_at = [inner, n](std::size_t i) { return i / inner % n; };
  const std::string part = part_words(value, axis);
  search.try_place(fmt::format("in the first {}", part), [&](std::size_t i) { return part_at(i) == 0; });
  search.try_place(fmt::format("in the last {}", part), [&](std::size_t i) { return part_at(i) + 1 == n; });
  search.try_place(fmt::format("after the first {}", part), [&](std::size_t i) { return part_at(i) > 0; });
  search.try_place(fmt::format("before the last {}", part), [&](std::size_t i) { return part_at(i) + 1 < n; });
  search.try_place(fmt::format("in every second {}, from {} on", part, part_words(value, axis, 1)),
                   [&](std::size_t i) { return part_at(i) % 2 == 1; });
  for (std::size_t k = 1; k + 1 < n && n <= 64; ++k) {
    const std::string number = part_words(value, axis, k);
    search.try_place(fmt::format("in {}", number), [&](std::size_t i) { return part_at(i) == k; });
    search.try_place(fmt::format("from {} on", number), [&](std::size_t i) { return part_at(i) >= k; });
    search.try_place(fmt::format("up to {}", number), [&](std::size_t i) { return part_at(i) <= k; });
  }
}

/// Halves, thirds and quarters of the columns, such as gates.
void try_blocks(Search& search, const WrongValue& value) {
  static constexpr const char* order[] = {"first", "second", "third", "fourth"};
  static constexpr const char* sizes[] = {"half", "third", "quarter"};
  const Shape& shape = value.expected.shape;
  const std::size_t columns = shape.back();
  const std::string of = shape.size() == 1 ? "the vector" : "the columns";
  for (std::size_t blocks = 2; blocks <= 4; ++blocks) {
    const std::size_t width = columns / blocks;
    if (columns % blocks != 0 || width < 2) {
      continue;
    }
    const auto block_at = [=](std::size_t i) { return i % columns / width; };
    for (std::size_t k = 0; k < blocks; ++k) {
      search.try_place(fmt::format("in the {} {} of {}", order[k], sizes[blocks - 2], of),
                       [&](std::size_t i) { return block_at(i) == k; });
    }
    for (std::size_t k = 0; k < blocks && blocks > 2; ++k) {
      search.try_place(fmt::format("outside of the {} {} of {}", order[k], sizes[blocks - 2], of),
                       [&](std::size_t i) { return block_at(i) != k; });
    }
    for (std::size_t j = 0; j < blocks && blocks == 4; ++j) {
      for (std::size_t k = j + 1; k < blocks; ++k) {
        search.try_place(fmt::format("in the {} and {} quarter of {}", order[j], order[k], of),
                         [&](std::size_t i) { return block_at(i) == j || block_at(i) == k; });
      }
    }
  }
}

/// The diagonal, above and below, and the border of the last two axes.
void try_squares(Search& search, const WrongValue& value) {
  const Shape& shape = value.expected.shape;
  const std::size_t rows = shape[shape.size() - 2], columns = shape.back();
  const auto row_at = [=](std::size_t i) { return i / columns % rows; };
  const auto column_at = [=](std::size_t i) { return i % columns; };
  if (rows == columns) {
    search.try_place("on the diagonal", [&](std::size_t i) { return row_at(i) == column_at(i); });
    search.try_place("off the diagonal", [&](std::size_t i) { return row_at(i) != column_at(i); });
    search.try_place("above the diagonal", [&](std::size_t i) { return row_at(i) < column_at(i); });
    search.try_place("below the diagonal", [&](std::size_t i) { return row_at(i) > column_at(i); });
  }
  const auto is_at_border = [&](std::size_t i) {
    return row_at(i) == 0 || row_at(i) + 1 == rows || column_at(i) == 0 || column_at(i) + 1 == columns;
  };
  search.try_place("at the border", is_at_border);
  search.try_place("inside of the border", [&](std::size_t i) { return !is_at_border(i); });
}

/// Whole numbers that say a place in every row: ids of columns, or lengths of sequences.
void try_pointers(Search& search, const WrongValue& value, const Known& known) {
  const Shape& shape = value.expected.shape;
  for (const Spread& spread : spreads(known.numbers.shape, shape)) {
    const auto id_at = [&, spread](std::size_t i) { return static_cast<std::size_t>(known.numbers.x[spread(i)]); };
    const std::size_t columns = shape.back();
    if (spread.inner == columns) {
      search.try_place(fmt::format("in the column that {} names", known.words),
                       [&](std::size_t i) { return i % columns == id_at(i); });
      search.try_place(fmt::format("outside of the column that {} names", known.words),
                       [&](std::size_t i) { return i % columns != id_at(i); });
    }
    const std::size_t time = shape.front();
    if (spread.inner * spread.count * time == value.got.x.size() && shape.size() > 1 && time > 1) {
      const auto step_at = [&, spread](std::size_t i) { return i / (spread.inner * spread.count); };
      search.try_place(fmt::format("in the padding, behind the end that {} gives", known.words),
                       [&](std::size_t i) { return step_at(i) >= id_at(i); });
      search.try_place(fmt::format("before the end that {} gives, not in the padding", known.words),
                       [&](std::size_t i) { return step_at(i) < id_at(i); });
      search.try_place(fmt::format("in the last step of each sequence, by {}", known.words),
                       [&](std::size_t i) { return step_at(i) + 1 == id_at(i); });
      search.try_place(fmt::format("in the sequences that {} makes shorter than the longest", known.words),
                       [&](std::size_t i) { return id_at(i) < time; });
    }
  }
}

/// Whether every correct number is 0, or is still what was given: the function changes nothing there, so this is no
/// place.
bool are_correct_by_themselves(const WrongValue& value, const Search& search) {
  const auto are_all = [&](const auto& is_unchanged) {
    for (std::size_t i = 0; i < value.expected.x.size(); ++i) {
      if (!search.is_wrong(i) && !is_unchanged(i)) {
        return false;
      }
    }
    return true;
  };
  return are_all([&](std::size_t i) { return value.expected.x[i] == 0; }) ||
         std::any_of(value.known.begin(), value.known.end(), [&](const Known& known) {
           return known.numbers.shape == value.expected.shape &&
                  are_all([&](std::size_t i) { return is_near(value, known.numbers.x[i], value.expected.x[i]); });
         });
}

}  // namespace

std::string place_of(const WrongValue& value) {
  constexpr double for_a_part = 10;   // bits: there are some dozens of parts
  constexpr double for_a_value = 16;  // and some hundreds of conditions on values
  const std::size_t all = value.got.x.size();
  const double choice = bits_of_choice(value.wrong.size(), all);
  Search search(value);
  if (value.wrong.size() < 2 || choice < for_a_part || are_correct_by_themselves(value, search)) {
    return "";
  }
  try_blocks(search, value);
  for (std::size_t axis = 0; axis < value.expected.shape.size(); ++axis) {
    try_parts(search, value, axis);
  }
  if (value.expected.shape.size() > 1) {
    try_squares(search, value);
  }
  for (const Known& known : value.known) {
    if (known.are_ids) {
      try_pointers(search, value, known);
    }
  }
  if (choice >= for_a_value) {
    try_signs(search, "the expected number", value.expected.x, {1, all});
    for (const Known& known : value.known) {
      for (const Spread& spread : spreads(known.numbers.shape, value.expected.shape)) {
        try_signs(search, known.words, known.numbers.x, spread);
        try_thresholds(search, value, known.words, known.numbers.x, spread);
      }
    }
  }
  return search.words();
}

}  // namespace wire::diagnosis
