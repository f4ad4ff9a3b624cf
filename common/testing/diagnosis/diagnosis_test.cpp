#include "testing/diagnosis/diagnosis.hpp"

#include <cmath>
#include <doctest/doctest.h>
#include <functional>
#include <limits>
#include <random>

namespace wire {

namespace {

using Numbers = std::vector<double>;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Normal numbers, the same for the same seed.
Numbers draw(std::size_t count, unsigned seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<double> normal;
  Numbers x(count);
  std::generate(x.begin(), x.end(), [&] { return normal(generator); });
  return x;
}

Array matrix(std::size_t rows, std::size_t columns, const Numbers& x) { return Array::of<double>({rows, columns}, x); }

Record given(const std::string& name, const Array& value) { return {Record::Kind::given, name, value, {}}; }
Record given(const std::string& name, std::uint64_t size) {
  return given(name, Array::of<std::uint64_t>({}, {&size, 1}));
}
Record given(const std::string& name, double x) { return given(name, Array::of<double>({}, {&x, 1})); }

Observed observed(const Array& got, const Array& expected) {
  return {"y", got, expected, {Matcher::Kind::close, 1e-9, 0, 0, {}}};
}

/// What is said of a result of 4 rows and 5 columns, or "" if nothing is.
std::string said(const Numbers& got, const Numbers& expected, const std::vector<Record>& givens = {}) {
  const auto sentences = diagnose(givens, {observed(matrix(4, 5, got), matrix(4, 5, expected))});
  return sentences.empty() ? "" : sentences.front();
}

/// The numbers after a change of each: change(number, row, column).
Numbers changed(Numbers x, const std::function<double(double, std::size_t, std::size_t)>& change) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = change(x[i], i / 5, i % 5);
  }
  return x;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const Numbers correct = draw(20, 1);

}  // namespace

TEST_SUITE("diagnosis") {
  TEST_CASE("correct numbers get no diagnosis") { CHECK(said(correct, correct).empty()); }

  TEST_CASE("a sign and a factor are found, and a factor that is a size of the test is named") {
    const auto times = [](double factor) { return changed(correct, [=](double x, auto, auto) { return factor * x; }); };
    CHECK(said(times(-1), correct) == "'y': every number has the wrong sign.");
    CHECK(said(times(4), correct, {given("batch", std::uint64_t{4})}) ==
          "'y': every number is 4 (here 'batch') times the expected one.");
    CHECK(contains(said(times(0.1), correct, {given("rate", 0.1)}), "1/10 (here 'rate') times the expected one"));
    CHECK(contains(said(times(std::sqrt(7)), correct, {given("heads", std::uint64_t{7})}), "sqrt('heads')"));
    CHECK(contains(said(times(1.234), correct), "1.234 times the expected one"));
  }

  TEST_CASE("a 2 is not called by the name of a size: a formula may have a 2 of its own") {
    const Numbers doubled = changed(correct, [](double x, auto, auto) { return 2 * x; });
    CHECK(contains(said(doubled, correct, {given("batch", std::uint64_t{2})}), "every number is 2 times"));
  }

  TEST_CASE("an offset is found, and a vector that is missing in every row is named") {
    CHECK(contains(said(changed(correct, [](double x, auto, auto) { return x + 1; }), correct),
                   "larger than the expected one by 1"));
    const Numbers bias = draw(5, 2);
    const Numbers without = changed(correct, [&](double x, auto, auto c) { return x - bias[c]; });
    CHECK(contains(said(without, correct, {given("bias", Array::of<double>({5}, bias))}),
                   "every number is the expected one minus 'bias'"));
    CHECK(contains(said(without, correct), "plus one number for each column"));
  }

  TEST_CASE("a constant minus the expected numbers is found") {
    CHECK(contains(said(changed(correct, [](double x, auto, auto) { return 1 - x; }), correct),
                   "every number is 1 minus the expected one"));
  }

  TEST_CASE("a vector that is missing before tanh is named") {
    const Numbers bias = draw(5, 14);
    const Numbers expected = changed(correct, [&](double x, auto, auto c) { return std::tanh(x + bias[c]); });
    const Numbers got = changed(correct, [](double x, auto, auto) { return std::tanh(x); });
    CHECK(contains(said(got, expected, {given("bias", Array::of<double>({5}, bias))}),
                   "every number before tanh is the expected one minus 'bias'"));
  }

  TEST_CASE("numbers that are those of an input, or the product of two, are named") {
    const Numbers dy = draw(20, 3), a = draw(12, 4), b = draw(15, 5);
    CHECK(contains(said(dy, correct, {given("dy", matrix(4, 5, dy))}), "every number is equal to 'dy'"));
    Numbers product(20);
    for (std::size_t i = 0; i < 20; ++i) {
      for (std::size_t k = 0; k < 3; ++k) {
        product[i] += a[i / 5 * 3 + k] * b[k * 5 + i % 5];
      }
    }
    CHECK(contains(said(product, correct, {given("a", matrix(4, 3, a)), given("b", matrix(3, 5, b))}),
                   "equal to 'a' 'b'"));
  }

  TEST_CASE("the expected numbers of another observation are recognized") {
    const Numbers other = draw(20, 6);
    Observed h = observed(matrix(4, 5, correct), matrix(4, 5, correct));
    h.name = "h";
    const auto sentences = diagnose({}, {h, observed(matrix(4, 5, correct), matrix(4, 5, other))});
    REQUIRE(sentences.size() == 1);
    CHECK(sentences.front() == "'y': every number is equal to the expected 'h'.");
  }

  TEST_CASE("a factor in excess or missing is named") {
    const Numbers dy = draw(20, 7);
    const auto at = [&](std::size_t r, std::size_t c) { return dy[r * 5 + c]; };
    const std::vector<Record> givens{given("dy", matrix(4, 5, dy))};
    CHECK(contains(said(changed(correct, [&](double x, auto r, auto c) { return x * at(r, c); }), correct, givens),
                   "the expected one times 'dy'"));
    CHECK(contains(said(changed(correct, [&](double x, auto r, auto c) { return x / at(r, c); }), correct, givens),
                   "the expected one divided by 'dy'"));
  }

  TEST_CASE("a function of the expected numbers is found") {
    CHECK(contains(said(changed(correct, [](double x, auto, auto) { return x * x; }), correct),
                   "the square of the expected one"));
    CHECK(contains(said(changed(correct, [](double x, auto, auto) { return std::exp(x); }), correct),
                   "e to the power of the expected one"));
  }

  TEST_CASE("correct numbers at wrong places are found") {
    const auto from = [](auto row_of, auto column_of) {
      return changed(correct, [=](double, std::size_t r, std::size_t c) {
        return correct[static_cast<std::size_t>(row_of(r, c)) * 5 + static_cast<std::size_t>(column_of(r, c))];
      });
    };
    const auto same_row = [](std::size_t r, std::size_t) { return r; };
    const auto same_column = [](std::size_t, std::size_t c) { return c; };
    CHECK(contains(said(from([](auto r, auto) { return 3 - r; }, same_column), correct),
                   "opposite order: the first row"));
    CHECK(contains(said(from(same_row, [](auto, auto c) { return c == 0 ? 0 : c - 1; }), correct),
                   "late by one: each column"));
    CHECK(contains(said(from([](auto, auto) { return 2; }, same_column), correct),
                   "in every row what is expected in number 2 of them"));
    CHECK(contains(said(from(same_row, [](auto, auto c) { return c == 3   ? 4
                                                                 : c == 4 ? 3
                                                                          : c; }), correct),
                   "it has those of 0, 1, 2, 4, 3"));
    Numbers shuffled = correct;
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(3));
    CHECK(contains(said(shuffled, correct), "in another order"));
  }

  TEST_CASE("a transpose is found, whatever shape it has") {
    Numbers transposed(20);
    for (std::size_t i = 0; i < 20; ++i) {
      transposed[i % 5 * 4 + i / 5] = correct[i];
    }
    CHECK(contains(said(transposed, correct), "the transpose of what is expected, under the expected shape"));
    const auto sentences = diagnose({}, {observed(matrix(5, 4, transposed), matrix(4, 5, correct))});
    REQUIRE(sentences.size() == 1);
    CHECK(sentences.front() == "'y': it is the transpose of what is expected.");
  }

  TEST_CASE("the place of wrong numbers is found, and what they are there") {
    const Numbers x = draw(20, 8);
    const Numbers where_negative = changed(correct, [&](double y, auto r, auto c) { return x[r * 5 + c] < 0 ? 0 : y; });
    CHECK(contains(said(where_negative, correct, {given("x", matrix(4, 5, x))}), "wrong only where 'x' is negative"));
    CHECK(contains(said(where_negative, correct, {given("x", matrix(4, 5, x))}), "there every number is 0"));
    const Numbers last_row = changed(correct, [](double y, auto r, auto) { return r == 3 ? -y : y; });
    CHECK(said(last_row, correct) ==
          "'y': wrong only in the last row (5 of 20 numbers); there every number has the wrong sign.");
    const Numbers junk = draw(20, 9);
    const Numbers first_column = changed(correct, [&](double y, auto r, auto c) { return c == 0 ? junk[r] : y; });
    CHECK(said(first_column, correct) == "'y': wrong only in the first column (4 of 20 numbers).");
    const std::vector<std::uint64_t> targets{1, 0, 4, 2};
    const Numbers at_target = changed(correct, [&](double y, auto r, auto c) { return c == targets[r] ? junk[r] : y; });
    CHECK(contains(said(at_target, correct, {given("targets", Array::of<std::uint64_t>({4}, targets))}),
                   "in the column that 'targets' names"));
  }

  TEST_CASE("where errors add up from row to row, the first row is looked at alone") {
    const Numbers start = draw(5, 15), junk = draw(20, 16);
    const Numbers without_decay =
        changed(correct, [&](double x, auto r, auto c) { return r == 0 ? x + 0.3 * start[c] : junk[r * 5 + c]; });
    CHECK(contains(said(without_decay, correct, {given("start", Array::of<double>({5}, start)), given("rate", 0.3)}),
                   "in the first row alone, every number is the expected one plus 0.3 "
                   "(here 'rate') times 'start'"));
  }

  TEST_CASE("rows that each have a factor of their own are recognized") {
    const Numbers factors{1.5, 0.2, 3.1, -0.7};
    CHECK(contains(said(changed(correct, [&](double x, auto r, auto) { return factors[r] * x; }), correct),
                   "times a factor that differs from row to row"));
  }

  TEST_CASE("rounding is called rounding") {
    const Numbers noise = draw(20, 10);
    CHECK(
        contains(said(changed(correct, [&](double x, auto r, auto c) { return x + 1e-7 * noise[r * 5 + c]; }), correct),
                 "is off by at most"));
  }

  TEST_CASE("a call that is not refused is named") {
    const Observed call{"throws for 2 rows", text_array("no exception"), text_array("ShapeError"), {}};
    const auto sentences = diagnose({}, {call});
    REQUIRE(sentences.size() == 1);
    CHECK(contains(sentences.front(), "must check what it gets, and throw ShapeError"));
  }

  TEST_CASE("one wrong number, random numbers and random noise get no diagnosis") {
    const std::vector<Record> givens{given("x", matrix(4, 5, draw(20, 11))), given("a", matrix(4, 3, draw(12, 12))),
                                     given("b", matrix(3, 5, draw(15, 13))), given("rows", std::uint64_t{4})};
    for (unsigned seed = 100; seed < 200; ++seed) {
      const Numbers random = draw(20, seed);
      CHECK(said(random, correct, givens).empty());
      Numbers one_wrong = correct;
      one_wrong[seed % 20] = random[0];
      CHECK(said(one_wrong, correct, givens).empty());
      one_wrong[seed % 20] = not_a_number;
      CHECK(said(one_wrong, correct, givens).empty());
      CHECK(
          said(changed(correct, [&](double x, auto r, auto c) { return x + random[r * 5 + c] / 100; }), correct, givens)
              .empty());
    }
  }

  TEST_CASE("a few wrong zeros and ones get no diagnosis: they may be chance") {
    Numbers ids(20, 0.0);
    ids[3] = ids[8] = ids[14] = 1;
    Numbers others = ids;
    others[3] = 0;
    others[4] = 1;
    CHECK(said(others, ids, {given("rows", std::uint64_t{4})}).empty());
  }
}

}  // namespace wire
