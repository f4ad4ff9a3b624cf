#include "testing/diagnosis/relations.hpp"

#include <fmt/format.h>
#include <span>

#include "testing/diagnosis/constants.hpp"

namespace wire::diagnosis {

namespace {

/// How many numbers of evidence an unnamed constant costs: a named one is chosen from a list, as everything else.
int fitted(double constant, const WrongValue& value) {
  return is_common(constant) || !name_of_constant(std::abs(constant), value.scalars).empty() ? 0 : 1;
}

/// Whether a known array may come with this factor. To one number alone every array comes with some factor; and ids are
/// never multiplied.
bool is_factor_of_known(double constant, const WrongValue& value) {
  return value.are_ids ? constant == 1 : value.wrong.size() > 1 || std::abs(std::abs(constant) - 1) < 1e-8;
}

/// The constant c with left = c right at the wrong number whose right side is largest; nothing if all are 0.
template <class Left, class Right>
std::optional<double> quotient(const WrongValue& value, const Left& left, const Right& right) {
  double largest = value.rounding;
  std::optional<double> constant;
  for (const std::size_t i : value.wrong) {
    if (std::isfinite(left(i)) && std::abs(right(i)) > largest) {
      largest = std::abs(right(i));
      constant = left(i) / right(i);
    }
  }
  return constant && std::isfinite(*constant) && std::abs(*constant) > 1e-9 ? constant : std::nullopt;
}

/// Calls visit(known, at), where at(i) is the known number at position i of the result, for every way to lay a known
/// array over the result, until visit returns words.
template <class Visit>
Words first_known(const WrongValue& value, const Visit& visit) {
  for (const std::span<const Known> list : {value.known, value.derived}) {
    for (const Known& known : list) {
      if (known.are_ids != value.are_ids) {
        continue;
      }
      for (const Spread& spread : spreads(known.numbers.shape, value.expected.shape)) {
        const std::vector<double>& x = known.numbers.x;
        if (Words words = visit(known, [&x, spread](std::size_t i) { return x[spread(i)]; })) {
          return words;
        }
      }
    }
  }
  return {};
}

/// A function of one number, and how it is written.
struct Function {
  const char* words;
  double (*of)(double);
};

/// What a known number may be as a factor.
constexpr Function factors[] = {{"{}", [](double k) { return k; }},
                                {"(1 - {})", [](double k) { return 1 - k; }},
                                {"(1 + {})", [](double k) { return 1 + k; }},
                                {"the square of {}", [](double k) { return k * k; }},
                                {"{0} (1 - {0})", [](double k) { return k * (1 - k); }},
                                {"(1 - {0} squared)", [](double k) { return 1 - k * k; }},
                                {"the root of {}", [](double k) { return std::sqrt(k); }}};

constexpr Function functions[] = {
    {"the square of the expected one", [](double e) { return e * e; }},
    {"the square root of the expected one", [](double e) { return std::sqrt(e); }},
    {"1 / the expected one", [](double e) { return 1 / e; }},
    {"e to the power of the expected one", [](double e) { return std::exp(e); }},
    {"the logarithm of the expected one", [](double e) { return std::log(e); }},
    {"tanh of the expected one", [](double e) { return std::tanh(e); }},
    {"sigmoid of the expected one", [](double e) { return 1 / (1 + std::exp(-e)); }},
    {"the number whose tanh is expected", [](double e) { return std::atanh(e); }},
    {"the number whose sigmoid is expected", [](double e) { return std::log(e / (1 - e)); }}};

}  // namespace

Words is_multiple(const WrongValue& value) {
  if (value.are_ids) {
    return {};
  }
  const auto got = [&](std::size_t i) { return value.got.x[i]; };
  const auto expected = [&](std::size_t i) { return value.expected.x[i]; };
  const std::optional<double> c = quotient(value, got, expected);
  if (!c || !explains(
                value, [&](std::size_t i) { return *c * expected(i); }, fitted(*c, value))) {
    return {};
  }
  if (std::abs(*c + 1) < 1e-7) {
    return "has the wrong sign";
  }
  return fmt::format("is {} times the expected one", constant_text(*c, value.scalars));
}

Words is_shifted(const WrongValue& value) {
  const std::size_t first = value.wrong.front();
  const double shift = value.got.x[first] - value.expected.x[first];
  if (value.are_ids && std::abs(shift) != 1) {
    return {};
  }
  const int constants = is_plain(shift) ? 0 : fitted(shift, value);
  if (!explains(
          value, [&](std::size_t i) { return value.expected.x[i] + shift; }, constants)) {
    return {};
  }
  return fmt::format("is {} than the expected one by {}", shift > 0 ? "larger" : "smaller",
                     constant_text(std::abs(shift), value.scalars));
}

Words is_complement(const WrongValue& value) {
  const std::size_t first = value.wrong.front();
  const double sum = value.got.x[first] + value.expected.x[first];
  const int constants = is_plain(sum) ? 0 : fitted(sum, value);
  const auto is_flag = [&](std::size_t i) { return value.got.x[i] == 0 || value.got.x[i] == 1; };
  if (sum == 0 || (sum == 1 && std::all_of(value.wrong.begin(), value.wrong.end(), is_flag)) ||
      !explains(
          value, [&](std::size_t i) { return sum - value.expected.x[i]; }, constants)) {
    return {};
  }
  return fmt::format("is {} minus the expected one", constant_text(sum, value.scalars));
}

Words is_known(const WrongValue& value) {
  const auto got = [&](std::size_t i) { return value.got.x[i]; };
  return first_known(value, [&](const Known& known, const auto& at) -> Words {
    const std::optional<double> c = quotient(value, got, at);
    const auto predicted = [&](std::size_t i) { return *c * at(i); };
    if (!c || !is_factor_of_known(*c, value) || !explains(value, predicted, 2 * fitted(*c, value))) {
      return {};
    }
    if (std::abs(*c - 1) < 1e-7) {
      return fmt::format("is equal to {}", known.words);
    }
    return fmt::format("is {} times {}", constant_text(*c, value.scalars), known.words);
  });
}

Words differs_by_known(const WrongValue& value) {
  if (value.are_ids) {
    return {};
  }
  const auto difference = [&](std::size_t i) { return value.got.x[i] - value.expected.x[i]; };
  return first_known(value, [&](const Known& known, const auto& at) -> Words {
    const std::optional<double> c = quotient(value, difference, at);
    const auto predicted = [&](std::size_t i) { return value.expected.x[i] + *c * at(i); };
    if (!c || !is_factor_of_known(*c, value) || !explains(value, predicted, 2 * fitted(*c, value))) {
      return {};
    }
    if (std::abs(std::abs(*c) - 1) < 1e-7) {
      return fmt::format("is the expected one {} {}", *c > 0 ? "plus" : "minus", known.words);
    }
    return fmt::format("is the expected one {} {} times {}", *c > 0 ? "plus" : "minus",
                       constant_text(std::abs(*c), value.scalars), known.words);
  });
}

Words has_known_factor(const WrongValue& value) {
  if (value.are_ids) {
    return {};
  }
  return first_known(value, [&](const Known& known, const auto& at) -> Words {
    for (const Function& factor : factors) {
      const auto& expected = value.expected.x;
      const auto times = [&](std::size_t i) { return expected[i] * factor.of(at(i)); };
      const auto divided = [&](std::size_t i) { return expected[i] / factor.of(at(i)); };
      const bool is_in_excess = explains(value, times);
      if (is_in_excess || explains(value, divided)) {
        return fmt::format("is the expected one {} {}", is_in_excess ? "times" : "divided by",
                           fmt::format(fmt::runtime(factor.words), known.words));
      }
    }
    return {};
  });
}

Words is_function(const WrongValue& value) {
  if (value.are_ids) {
    return {};
  }
  for (const auto& [words, of] : functions) {
    for (const double sign : {1.0, -1.0}) {
      if (explains(value, [&, f = of](std::size_t i) { return sign * f(value.expected.x[i]); })) {
        return fmt::format("is {}{}", sign < 0 ? "the negative of " : "", words);
      }
    }
  }
  return {};
}

Words is_constant(const WrongValue& value) {
  const double first = value.got.x[value.wrong.front()];
  const auto is_first = [&](std::size_t i) {
    const double x = value.got.x[i];
    return x == first || (std::isnan(x) && std::isnan(first));
  };
  if (value.wrong.size() < 2 || !std::all_of(value.wrong.begin(), value.wrong.end(), is_first)) {
    return {};
  }
  if (std::isfinite(first)) {
    return first == 0 ? "is 0" : fmt::format("is {}", constant_text(first, value.scalars));
  }
  return std::isnan(first)
             ? "is not a number (NaN): look for infinity minus infinity, 0 / 0, or the root of a negative number"
             : "is infinite: look for a division by 0, or e to a large power";
}

Words is_imprecise(const WrongValue& value) {
  constexpr double digits = 1e-5;
  const double largest = value.rounding / value.tolerance;
  double error = 0;
  for (const std::size_t i : value.wrong) {
    const double difference = std::abs(value.got.x[i] - value.expected.x[i]);
    error = std::isfinite(difference) ? std::max(error, difference) : largest;
  }
  if (!(error < digits * largest) || value.wrong.size() < 3 || 2 * value.wrong.size() < value.got.x.size()) {
    return {};
  }
  return fmt::format(
      "is off by at most {:.1g} of the largest number: look for float in place of Real, for a sum that "
      "cancels, or for an epsilon that is missing or at another place",
      error / largest);
}

}  // namespace wire::diagnosis
