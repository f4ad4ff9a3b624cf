#include <cmath>
#include <doctest/doctest.h>
#include <limits>

#include "testing/array.hpp"
#include "testing/draw.hpp"
#include "testing/expected.hpp"
#include "testing/keyed.hpp"
#include "testing/matchers.hpp"

namespace {

using nn::to_array;
using wire::Array;
using wire::Matcher;
using wire::Record;

Array vector_of(std::vector<double> numbers) { return Array::of<double>({numbers.size()}, numbers); }

Array ids_of(std::vector<std::uint64_t> numbers) { return Array::of<std::uint64_t>({numbers.size()}, numbers); }

Matcher tolerance(double value) { return {Matcher::Kind::close, value, 0, 0, {}}; }

Record observed(const std::string& name, const Array& value, const Matcher& matcher = tolerance(1e-9)) {
  return {Record::Kind::observe, name, value, matcher};
}

/// A run of one test "1.1 t" with observations a and b.
std::vector<Record> run_of(const Array& a, const Array& b) {
  return {{Record::Kind::begin, "1.1 t", {}, {}}, observed("a", a), observed("b", b), {Record::Kind::end, "", {}, {}}};
}

/// The titles of the mistakes that explain wrong values of test "1.1 t".
std::string titles(const wire::Expected& expected, const wire::Expected::ValueByName& wrong) {
  std::string text;
  for (const wire::Mistake& mistake : expected.name_mistakes("1.1 t", wrong)) {
    text += mistake.title;
  }
  return text;
}

constexpr double sent_nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

}  // namespace

TEST_SUITE("wire") {
  TEST_CASE("records follow each other in a stream and come back equal") {
    Matcher accuracy{Matcher::Kind::accuracy, 0, 0.9, 0, ids_of({1, 2})};
    const std::vector<Record> records{{Record::Kind::begin, "2.3 \"quoted\" \\ \xc3\xa9", {}, {}},
                                      {Record::Kind::given, "x", vector_of({1, 2}), {}},
                                      {Record::Kind::hidden, "labels", ids_of({3}), {}},
                                      observed("y", vector_of({}), tolerance(0.5)),
                                      observed("p", ids_of({1, 1}), accuracy),
                                      {Record::Kind::todo, "f (a.cpp:3)", {}, {}},
                                      {Record::Kind::end, "", {}, {}}};
    std::vector<std::byte> stream;
    for (const Record& record : records) {
      const auto bytes = wire::serialize(record);
      stream.insert(stream.end(), bytes.begin(), bytes.end());
    }
    CHECK(wire::parse_all(stream, {}) == records);

    // Cut anywhere but between two records, the stream is an error
    std::size_t whole = 0;
    for (std::size_t size = 0; size < stream.size(); ++size) {
      try {
        wire::parse_all(std::span(stream).first(size), {});
        ++whole;
      } catch (const safetensors::FormatError&) {
      }
    }
    CHECK(whole == records.size());
  }

  TEST_CASE("close allows rounding relative to the largest expected number, and nothing else") {
    const Array expected = vector_of({1000, 1, 0});
    CHECK(wire::compare(expected, expected, tolerance(0)).passed);
    CHECK(wire::compare(vector_of({1000, 1 + 9e-7, -9e-7}), expected, tolerance(1e-9)).passed);
    const auto off = wire::compare(vector_of({1000, 1, 2e-6}), expected, tolerance(1e-9));
    CHECK_FALSE(off.passed);
    CHECK(off.differing == 1);
    CHECK(off.worst_index == std::vector<std::size_t>{2});
  }

  TEST_CASE("NaN equals nothing, infinity equals itself") {
    CHECK_FALSE(wire::compare(vector_of({sent_nan}), vector_of({sent_nan}), tolerance(1)).passed);
    CHECK_FALSE(wire::compare(vector_of({sent_nan}), vector_of({1}), tolerance(1e9)).passed);
    CHECK_FALSE(wire::compare(vector_of({1}), vector_of({sent_nan}), tolerance(1e9)).passed);
    CHECK_FALSE(wire::compare(vector_of({infinite}), vector_of({1}), tolerance(1e9)).passed);
    CHECK_FALSE(wire::compare(vector_of({1}), vector_of({infinite}), tolerance(1e9)).passed);
    CHECK(wire::compare(vector_of({-infinite, 1}), vector_of({-infinite, 1}), tolerance(1e-9)).passed);
    CHECK_FALSE(wire::compare(vector_of({infinite}), vector_of({-infinite}), tolerance(1e-9)).passed);
  }

  TEST_CASE("shapes are never broadcast and types never converted") {
    CHECK_FALSE(
        wire::compare(Array::of<double>({1, 2}, std::vector<double>{1, 1}), vector_of({1, 1}), tolerance(1)).passed);
    CHECK_FALSE(wire::compare(vector_of({1}), vector_of({1, 1}), tolerance(1)).passed);
    CHECK_FALSE(wire::compare(vector_of({}), vector_of({1}), tolerance(1)).passed);
    CHECK_FALSE(wire::compare(ids_of({1}), vector_of({1}), tolerance(1)).passed);
    CHECK(wire::compare(vector_of({}), vector_of({}), tolerance(0)).passed);
  }

  TEST_CASE("ids are equal or they are not") {
    CHECK(wire::compare(ids_of({5, 6}), ids_of({5, 6}), tolerance(1)).passed);
    CHECK_FALSE(wire::compare(ids_of({5, 7}), ids_of({5, 6}), tolerance(1)).passed);
  }

  TEST_CASE("between, accuracy and moments judge as their names say") {
    const Matcher in_unit{Matcher::Kind::between, 0, 0, 1, {}};
    CHECK(wire::compare(vector_of({0, 1}), vector_of({7, 7}), in_unit).passed);
    CHECK_FALSE(wire::compare(vector_of({0, 1.01}), vector_of({7, 7}), in_unit).passed);
    CHECK_FALSE(wire::compare(vector_of({0, sent_nan}), vector_of({7, 7}), in_unit).passed);

    const Matcher half{Matcher::Kind::accuracy, 0, 0.5, 0, ids_of({1, 2})};
    CHECK(wire::compare(ids_of({1, 0}), ids_of({9, 9}), half).passed);
    CHECK_FALSE(wire::compare(ids_of({0, 0}), ids_of({9, 9}), half).passed);
    CHECK_FALSE(wire::compare(ids_of({1}), ids_of({9}), half).passed);

    const Matcher tenth{Matcher::Kind::moments, 0.1, 0, 0, {}};
    CHECK(wire::compare(vector_of({-1, 1}), vector_of({1, -1}), tenth).passed);
    CHECK_FALSE(wire::compare(vector_of({-2, 2}), vector_of({1, -1}), tenth).passed);
    CHECK_FALSE(wire::compare(vector_of({sent_nan, 1}), vector_of({1, -1}), tenth).passed);
  }

  TEST_CASE("a description shows the expected number only if it is allowed") {
    const auto comparison = wire::compare(vector_of({1, 5}), vector_of({1, 2}), tolerance(1e-9));
    CHECK(wire::describe(comparison, true) == "1 of 2 numbers differ; worst at (1,): got 5, expected 2 (shape (2,))");
    CHECK(wire::describe(comparison, false) == "1 of 2 numbers differ; worst at (1,): got 5 (shape (2,))");
    CHECK(wire::describe(wire::compare(vector_of({1}), vector_of({1, 2}), tolerance(1)), false) ==
          "wrong shape: got shape (1,), expected shape (2,)");
  }

  TEST_CASE("a value that equals a mistake's is named after it, others are not") {
    wire::Expected expected;
    expected.add_reference(run_of(vector_of({1}), vector_of({2})));
    expected.add_mistake({"twice", "Doubled.", "Halve it.", "1.1 t"}, run_of(vector_of({2}), vector_of({2})));
    expected.add_mistake({"half", "Halved.", "Double it.", "1.1 t"}, run_of(vector_of({0.5}), vector_of({1})));

    CHECK(titles(expected, {{"a", vector_of({2 + 1e-12})}}) == "Doubled.");
    CHECK(titles(expected, {{"a", vector_of({0.5})}, {"b", vector_of({1})}}) == "Halved.");
    CHECK(titles(expected, {{"a", vector_of({3})}}).empty());
    CHECK(titles(expected, {}).empty());
    CHECK(expected.name_mistakes("1.2 u", {{"a", vector_of({2})}}).empty());
    CHECK(expected.tests_failed_by("half") == std::vector<std::string>{"1.1 t"});
  }

  TEST_CASE("a mistake that leads to NaN is named after it") {
    wire::Expected expected;
    expected.add_reference(run_of(vector_of({1, 1}), vector_of({2})));
    expected.add_mistake({"overflow", "t", "h", "1.1 t"}, run_of(vector_of({sent_nan, 1}), vector_of({2})));
    CHECK(titles(expected, {{"a", vector_of({sent_nan, 1})}}) == "t");
    CHECK(titles(expected, {{"a", vector_of({1, sent_nan})}}).empty());
  }

  TEST_CASE(
      "of mistakes that share a value, the one is named that explains the whole; two in one test are both named") {
    wire::Expected expected;
    expected.add_reference(run_of(vector_of({1}), vector_of({2})));
    expected.add_mistake({"a", "Only a.", "h", "1.1 t"}, run_of(vector_of({7}), vector_of({2})));
    expected.add_mistake({"both", "Both.", "h", "1.1 t"}, run_of(vector_of({7}), vector_of({8})));
    expected.add_mistake({"b", "Only b.", "h", "1.1 t"}, run_of(vector_of({1}), vector_of({9})));
    CHECK(titles(expected, {{"a", vector_of({7})}}) == "Only a.");
    CHECK(titles(expected, {{"a", vector_of({7})}, {"b", vector_of({8})}}) == "Both.");
    CHECK(titles(expected, {{"a", vector_of({7})}, {"b", vector_of({9})}}) == "Only a.Only b.");
    CHECK(titles(expected, {{"b", vector_of({8})}}).empty());
  }

  TEST_CASE("no mistake is named if a wrong value is left unexplained") {
    wire::Expected expected;
    expected.add_reference(run_of(vector_of({1}), vector_of({2})));
    expected.add_mistake({"zero", "a is never computed.", "h", "1.1 t"}, run_of(vector_of({0}), vector_of({2})));
    CHECK(titles(expected, {{"a", vector_of({0})}}) == "a is never computed.");
    CHECK(titles(expected, {{"a", vector_of({0})}, {"b", vector_of({0})}}).empty());
  }

  TEST_CASE("a mistake that ends the test by an exception is named after it, whatever the line") {
    wire::Expected expected;
    expected.add_reference(run_of(vector_of({1}), vector_of({2})));
    const auto run = [](const std::string& why) {
      return std::vector<Record>{{Record::Kind::begin, "1.1 t", {}, {}},
                                 observed("a", vector_of({3})),
                                 {Record::Kind::error, why, {}, {}},
                                 {Record::Kind::end, "", {}, {}}};
    };
    expected.add_mistake({"throws", "Throws.", "h", "1.1 t"}, run("labs/99_x/x.cpp:10, in f: (2, 3) times (4, 2)"));
    CHECK(expected.tests_failed_by("throws") == std::vector<std::string>{"1.1 t"});
    const auto wrong = [](const std::string& why) {
      return wire::Expected::ValueByName{{"a", vector_of({3})}, wire::exception_value(why)};
    };
    CHECK(titles(expected, wrong("labs/99_x/x.cpp:271, in f: (2, 3) times (4, 2)")) == "Throws.");
    CHECK(titles(expected, wrong("labs/99_x/x.cpp:10, in g: (2, 3) times (4, 2)")).empty());
    CHECK(titles(expected, wrong("labs/99_x/x.cpp:10, in f: (2, 3) times (5, 2)")).empty());
    CHECK(titles(expected, {{"a", vector_of({3})}}).empty());
  }

  TEST_CASE("texts are equal or they are not, and are shown as they are") {
    const Array yes = wire::text_array("ShapeError");
    const Array no = wire::text_array("no exception");
    CHECK(wire::compare(yes, yes, tolerance(0)).passed);
    const auto other = wire::compare(no, yes, tolerance(0));
    CHECK_FALSE(other.passed);
    CHECK(wire::describe(other, true) == "got no exception, expected ShapeError");
    CHECK(wire::describe(other, false) == "got no exception");
    CHECK_FALSE(wire::compare(ids_of({1}), yes, tolerance(0)).passed);
  }

  TEST_CASE("a value of which all numbers are 0 is said to be one") {
    const auto zeros = wire::compare(vector_of({0, 0}), vector_of({1, 2}), tolerance(0));
    CHECK(wire::describe(zeros, false).ends_with("(all numbers are 0: are they computed at all?)"));
    CHECK(wire::describe(wire::compare(vector_of({0, 1}), vector_of({1, 2}), tolerance(0)), false).ends_with("(2,))"));
  }

  TEST_CASE("a mistake that ends a test instead of giving wrong values is refused") {
    wire::Expected expected;
    expected.add_reference(run_of(vector_of({1}), vector_of({2})));
    auto records = run_of(vector_of({1}), vector_of({2}));
    records.erase(records.begin() + 2);
    CHECK_THROWS_WITH(expected.add_mistake({"short", "t", "h", "1.1 t"}, records),
                      doctest::Contains("must give wrong values, or end the test by an exception"));
  }

  TEST_CASE("tests, inputs and observations that share a name are refused") {
    const Record begin{Record::Kind::begin, "1.1 t", {}, {}};
    const Record given{Record::Kind::given, "x", vector_of({1}), {}};
    const Record hidden{Record::Kind::hidden, "x", vector_of({1}), {}};
    const Record output = observed("x", vector_of({1}));
    const Record other_test{Record::Kind::begin, "1.2 u", {}, {}};
    wire::Expected expected;
    CHECK_THROWS_WITH(expected.add_reference({begin, output, begin, output}),
                      "two tests are called '1.1 t': give each its own name");
    CHECK_THROWS_WITH(expected.add_reference({begin, output, output}),
                      "the test '1.1 t' observes 'x' twice: give each its own name");
    CHECK_THROWS_WITH(expected.add_reference({begin, given, hidden, output}),
                      "the test '1.1 t' is given 'x' twice: give each its own name");
    CHECK_NOTHROW(expected.add_reference({begin, given, output, other_test, given, output}));
  }

  TEST_CASE("a name that would be split or taken for several is refused, and the error says what to leave out") {
    const Record begin{Record::Kind::begin, "1.1 t", {}, {}};
    for (const std::string name : {"dx/dy", "dx@start", "/", "@"}) {
      CAPTURE(name);
      wire::Expected expected;
      CHECK_THROWS_WITH(expected.add_reference({begin, observed(name, vector_of({1}))}),
                        ("the test '1.1 t' observes '" + name +
                         "': '/' and '@' part the names in expected.safetensors, choose a name without")
                            .c_str());
      CHECK_THROWS_WITH(expected.add_reference({begin, {Record::Kind::given, name, vector_of({1}), {}}}),
                        ("the test '1.1 t' is given '" + name +
                         "': '/' and '@' part the names in expected.safetensors, choose a name without")
                            .c_str());
    }
    for (const char letter : std::string("*?,\\")) {
      CAPTURE(letter);
      wire::Expected expected;
      const std::string name = std::string("1.1 a") + letter + "b";
      CHECK_THROWS_WITH(
          expected.add_reference({{Record::Kind::begin, name, {}, {}}}),
          ("the test name '" + name + "' holds one of * ? , \\ which --test does not take as they are: leave it out")
              .c_str());
    }
    wire::Expected expected;
    CHECK_NOTHROW(expected.add_reference({{Record::Kind::begin, "1.1 a/b@c", {}, {}}, observed("d", vector_of({1}))}));
    CHECK(wire::Expected::from_document(expected.to_document()).find("1.1 a/b@c", "d") != nullptr);
  }

  TEST_CASE("expected values survive the way through a document") {
    wire::Expected expected;
    expected.add_reference(run_of(vector_of({1}), ids_of({2})));
    expected.add_mistake({"twice", "Doubled.", "Halve it.", "1.1 t"}, run_of(vector_of({2}), ids_of({4})));
    const auto back = wire::Expected::from_document(safetensors::parse(safetensors::serialize(expected.to_document())));
    CHECK(back.mistakes() == expected.mistakes());
    CHECK(back.find("1.1 t", "b")->value == ids_of({2}));
    CHECK(titles(back, {{"a", vector_of({2})}, {"b", ids_of({4})}}) == "Doubled.");
    CHECK(back.tests_failed_by("twice") == std::vector<std::string>{"1.1 t"});
  }

  TEST_CASE("keyed numbers depend on the seed and on each name, wherever one ends and the next begins") {
    const auto numbers = wire::keyed_numbers(1, {"ab", "c"});
    CHECK(numbers == wire::keyed_numbers(1, {"ab", "c"}));
    CHECK(numbers != wire::keyed_numbers(2, {"ab", "c"}));
    CHECK(numbers != wire::keyed_numbers(1, {"a", "bc"}));
    CHECK(numbers != wire::keyed_numbers(1, {"abc"}));
    CHECK(numbers != wire::keyed_numbers(1, {"c", "ab"}));
    CHECK(numbers != wire::keyed_numbers(1, {"ab", "c", ""}));
  }

  TEST_CASE("a draw depends on seed, lab, test and name, each") {
    const auto draw = [](nn::Random& random) { return to_array(random.uniform()); };
    const Array one = nn::draw_given(1, "lab", "test", "x", draw);
    CHECK(one == nn::draw_given(1, "lab", "test", "x", draw));
    CHECK(one != nn::draw_given(2, "lab", "test", "x", draw));
    CHECK(one != nn::draw_given(1, "lac", "test", "x", draw));
    CHECK(one != nn::draw_given(1, "lab", "tesu", "x", draw));
    CHECK(one != nn::draw_given(1, "lab", "test", "y", draw));
  }

  TEST_CASE("tensors and scalars become arrays and come back, truth values become texts") {
    nn::Matrix x = nn::zeros({2, 3});
    x(1, 2) = 5;
    CHECK(nn::from_array<nn::Matrix>(to_array(x)) == x);
    CHECK(nn::from_array<nn::Id>(to_array(nn::Id{7})) == 7);
    CHECK(wire::text_of(to_array(true)) == "true");
    CHECK(nn::from_array<nn::IdVector>(Array{}).size() == 0);
    CHECK_THROWS_AS(nn::from_array<nn::Vector>(to_array(x)), safetensors::FormatError);
    CHECK(nn::from_array<nn::Matrix>(to_array(nn::zeros({0, 4}))).shape(1) == 4);
  }
}
