#include "testing/diagnosis/diagnosis.hpp"

#include <fmt/format.h>
#include <initializer_list>
#include <limits>

#include "testing/compare.hpp"
#include "testing/diagnosis/arrangement.hpp"
#include "testing/diagnosis/constants.hpp"
#include "testing/diagnosis/groups.hpp"
#include "testing/diagnosis/known.hpp"
#include "testing/diagnosis/place.hpp"
#include "testing/diagnosis/relations.hpp"

namespace wire {

namespace {

using namespace diagnosis;

constexpr std::size_t max_numbers = 20'000;  // of an observation: larger ones would take too long
constexpr std::size_t max_observations = 5;  // wrong ones of a test that are looked at: the others follow from these
constexpr double max_tolerance = 1e-4;       // beyond, equal to a hypothesis says too little

/// Whether numbers of this array may be compared with those of a result. One number alone is a constant, unless the
/// result is one too.
bool is_comparable(const Array& array, const Array& result) {
  return array.dtype != safetensors::DType::u8 && array.size() <= max_numbers && array.size() > 0 &&
         (array.size() > 1 || result.size() == 1);
}

std::vector<Known> known_in(const std::vector<Record>& givens, const std::vector<Observed>& observations,
                            const Observed& one) {
  std::vector<Known> known;
  for (const Record& record : givens) {
    const auto is_same_name = [&](const Observed& other) { return other.name == record.name; };
    const bool is_ambiguous = std::any_of(observations.begin(), observations.end(), is_same_name);
    if (is_comparable(record.value, one.expected)) {
      known.push_back({fmt::format("{}'{}'", is_ambiguous ? "the given " : "", record.name), numbers_of(record.value),
                       record.value.dtype == safetensors::DType::u64});
    }
  }
  for (const Observed& other : observations) {
    if (other.name != one.name && is_comparable(other.expected, one.expected)) {
      known.push_back({fmt::format("the expected '{}'", other.name), numbers_of(other.expected),
                       other.expected.dtype == safetensors::DType::u64});
    }
  }
  return known;
}

/// The observation without what is known; that belongs to the caller.
WrongValue wrong_value_of(const std::vector<Record>& givens, const Observed& one) {
  WrongValue value;
  value.got = numbers_of(one.got);
  value.expected = numbers_of(one.expected);
  value.are_ids = one.expected.dtype == safetensors::DType::u64;
  value.tolerance = std::max(one.matcher.tolerance, 1e-9);
  double largest = 1e-6;
  for (const double e : value.expected.x) {
    largest = std::isfinite(e) ? std::max(largest, std::abs(e)) : largest;
  }
  value.rounding = value.tolerance * largest;
  for (std::size_t i = 0; i < value.got.x.size(); ++i) {
    const double g = value.got.x[i], e = value.expected.x[i];
    if (g != e && !(std::abs(g - e) <= value.rounding)) {
      value.wrong.push_back(i);
    }
  }
  value.scalars = scalars_of(givens, value.expected);
  return value;
}

using Hypothesis = Words (*)(const WrongValue&);

Words first_of(std::initializer_list<Hypothesis> hypotheses, const WrongValue& value) {
  for (const Hypothesis hypothesis : hypotheses) {
    if (Words words = hypothesis(value)) {
      return words;
    }
  }
  return {};
}

/// The same for what the numbers were before a tanh, a sigmoid or e to their power, if that can be told exactly enough.
Words words_before(const WrongValue& value, double low, double high, double (*inverse)(double), const char* function) {
  constexpr double margin = 1e-3;  // the inverse magnifies rounding: in 1 - x^2, by a factor of 1 / margin
  WrongValue before = value;
  for (const std::size_t i : value.wrong) {
    for (double* x : {&before.got.x[i], &before.expected.x[i]}) {
      if (!(*x > low + margin && *x < high - margin)) {
        return {};
      }
      *x = inverse(*x);
    }
  }
  before.tolerance = value.tolerance / margin;
  before.rounding = value.rounding / margin;
  const Words words = first_of({is_multiple, is_shifted, differs_by_known}, before);
  return words ? Words(fmt::format("before {} {}", function, *words)) : Words();
}

Words words_before_function(const WrongValue& value) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Words words = words_before(
      value, -1, 1, [](double x) { return std::atanh(x); }, "tanh");
  if (!words) {
    words = words_before(
        value, 0, 1, [](double x) { return std::log(x / (1 - x)); }, "sigmoid");
  }
  return words ? words
               : words_before(
                     value, 0, infinity, [](double x) { return std::log(x); }, "exp");
}

/// "every number", or those that are wrong.
std::string subject_of(const WrongValue& value) {
  const std::size_t wrong = value.wrong.size(), all = value.got.x.size();
  return all == 1               ? "it"
         : value.is_all_wrong() ? "every number"
         : wrong == 1           ? fmt::format("the number that differs (of {})", all)
                                : fmt::format("each of the {} numbers that differ (of {})", wrong, all);
}

/// What every wrong number is, what the array as a whole is, or at least where the wrong numbers are.
std::string words_of_numbers(const WrongValue& value) {
  const Words relation = first_of({is_constant, is_imprecise, is_function, is_multiple, is_shifted, is_complement,
                                   is_known, differs_by_known, has_known_factor, words_before_function},
                                  value);
  const Words arrangement = relation ? Words()
                                     : first_of({is_rearranged, is_shuffled, is_repeated, is_multiple_in_groups,
                                                 is_shifted_in_groups, is_scaled_and_shifted_in_groups},
                                                value);
  if (arrangement) {
    return "it " + *arrangement;
  }
  const std::string place = place_of(value);
  if (place.empty()) {
    return relation ? fmt::format("{} {}", subject_of(value), *relation) : "";
  }
  return fmt::format("wrong only {} ({} of {} numbers){}", place, value.wrong.size(), value.got.x.size(),
                     relation ? "; there every number " + *relation : "");
}

/// The observation in its first or last row alone, or slice along axis 0: the first step of many, or of many backward.
WrongValue part_of(const WrongValue& value, bool is_first) {
  const std::size_t size = value.got.x.size() / value.got.shape.front();
  const std::size_t begin = is_first ? 0 : value.got.x.size() - size;
  WrongValue part = value;
  part.may_fit = false;
  for (Numbers* numbers : {&part.got, &part.expected}) {
    numbers->shape.erase(numbers->shape.begin());
    numbers->x = {numbers->x.begin() + static_cast<std::ptrdiff_t>(begin),
                  numbers->x.begin() + static_cast<std::ptrdiff_t>(begin + size)};
  }
  part.wrong.clear();
  for (const std::size_t i : value.wrong) {
    if (i >= begin && i < begin + size) {
      part.wrong.push_back(i - begin);
    }
  }
  return part;
}

/// What holds at least in the first or last row: later, the errors of many steps add up.
std::string words_of_ends(const WrongValue& value) {
  if (value.got.shape.size() < 2 || value.got.shape.front() < 3) {
    return "";
  }
  for (const bool is_first : {true, false}) {
    WrongValue part = part_of(value, is_first);
    const std::vector<Known> derived = derived_from({value.known.begin(), value.known.end()}, part.got.shape);
    part.derived = derived;
    if (part.wrong.empty()) {
      continue;
    }
    if (const Words words = first_of(
            {is_function, is_multiple, is_shifted, is_known, differs_by_known, has_known_factor, words_before_function},
            part)) {
      return fmt::format("in the {} {} alone, {} {}", is_first ? "first" : "last", part_words(value, 0),
                         subject_of(part), *words);
    }
  }
  return "";
}

std::string words_of_texts(const Comparison& comparison) {
  return comparison.got_text == "no exception"
             ? fmt::format("nothing is thrown: the function must check what it gets, and throw {}",
                           comparison.expected_text)
             : "";
}

/// The sentence for one observation, without its name.
std::string words_for(const std::vector<Record>& givens, const std::vector<Observed>& observations,
                      const Observed& one) {
  const Comparison comparison = compare(one.got, one.expected, one.matcher);
  if (comparison.passed || comparison.texts) {
    return comparison.texts && !comparison.passed ? words_of_texts(comparison) : "";
  }
  if (one.matcher.kind != Matcher::Kind::close || one.matcher.tolerance > max_tolerance ||
      one.got.dtype != one.expected.dtype || one.got.size() != one.expected.size() || one.got.size() > max_numbers) {
    return "";
  }
  if (one.got.shape != one.expected.shape) {
    const Words words = is_transposed(numbers_of(one.got), numbers_of(one.expected), 1e-9);
    return words ? "it " + *words : "";
  }
  WrongValue value = wrong_value_of(givens, one);
  const std::vector<Known> known = known_in(givens, observations, one);
  const std::vector<Known> derived = derived_from(known, value.expected.shape);
  value.known = known;
  value.derived = derived;
  if (value.wrong.empty()) {
    return "";
  }
  if (const Words words = is_transposed(value.got, value.expected, value.rounding)) {
    return "it " + *words;
  }
  const std::string words = words_of_numbers(value);
  return words.empty() ? words_of_ends(value) : words;
}

}  // namespace

std::vector<std::string> diagnose(const std::vector<Record>& givens, const std::vector<Observed>& observations) {
  // One sentence for observations of which the same holds
  std::vector<std::pair<std::string, std::string>> found;  // names and words
  std::size_t wrong = 0;
  for (const Observed& one : observations) {
    if (compare(one.got, one.expected, one.matcher).passed || ++wrong > max_observations) {
      continue;
    }
    const std::string words = words_for(givens, observations, one);
    if (words.empty()) {
      continue;
    }
    const auto same = std::find_if(found.begin(), found.end(), [&](const auto& f) { return f.second == words; });
    if (same == found.end()) {
      found.emplace_back(fmt::format("'{}'", one.name), words);
    } else {
      same->first += fmt::format(", '{}'", one.name);
    }
  }
  std::vector<std::string> sentences;
  for (const auto& [names, words] : found) {
    sentences.push_back(fmt::format("{}: {}.", names, words));
  }
  return sentences;
}

}  // namespace wire
