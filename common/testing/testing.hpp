#pragma once

// What a lab's test file uses. A graded test draws its inputs with given(...) and passes the outputs of the student's
// code to observe(...); it contains no expected values. labs/02_mlp/mlp_test.cpp is the model.
#include <doctest/doctest.h>
#include <functional>
#include <sstream>
#include <string>
#include <string_view>
#include <typeinfo>

#include "nn/not_implemented.hpp"
#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/shape.hpp"
#include "tensor/tensor.hpp"
#include "testing/array.hpp"
#include "testing/gradient_check.hpp"
#include "testing/matchers.hpp"
#include "testing/session.hpp"

namespace nn {

/// Decorates a test case with what it is worth: TEST_CASE("2.3 Linear::backward" * points(8)). A test's name starts
/// with the number of its task, holds none of * ? , and backslash, which --test does not take as they are, and is
/// unique in the lab. Graded tests use no SUBCASE.
struct points {
  explicit points(unsigned worth) : count(worth) {}
  void fill(doctest::detail::TestCase& test) const;
  unsigned count;
};

/// An input of the test, under a name without '/' and '@' that is unique in the test. At home the generator draws it
/// from the public seed, on the judge's side from the secret seed; in the sandbox it is what the judge sent, and the
/// generator is not called.
template <class Generator>
auto given(std::string_view name, const Generator& generator) {
  using T = std::invoke_result_t<const Generator&, Random&>;
  return from_array<T>(session().given(name, [&](Random& random) { return to_array(generator(random)); }));
}

/// Like given, but never sent to the sandbox: there it is empty. For the labels of accuracy_at_least.
template <class Generator>
auto hidden(std::string_view name, const Generator& generator) {
  using T = std::invoke_result_t<const Generator&, Random&>;
  return from_array<T>(session().hidden(name, [&](Random& random) { return to_array(generator(random)); }));
}

/// A generator for the student's code; its seed is a given.
inline Random given_random(std::string_view name) {
  return Random(given(name, [](Random& random) { return Id{random.bits()}; }));
}

/// An output of the student's code: a tensor, a Real, an Id, a bool or a text, under a name without '/' and '@' that is
/// unique in the test.
template <class T>
void observe(std::string_view name, const T& value, const wire::Matcher& matcher = close(),
             const SourceLocation& where = SourceLocation::current()) {
  session().observe(name, to_array(value), matcher, where);
}

/// The type's name as a student writes it: "ShapeError", "std::out_of_range".
std::string type_name(const std::type_info& type);

/// What the action throws: Error's name if it is an Error, the name of its own type if it is not, else "no exception".
/// NotImplemented passes through, so that code not done yet is not called wrong:
/// observe("exception for 3 targets", thrown<ShapeError>([&] { ... }));
template <class Error>
std::string thrown(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error&) {
    return type_name(typeid(Error));
  } catch (const NotImplemented&) {
    throw;
  } catch (const std::exception& other) {
    return type_name(typeid(other));
  }
  return "no exception";
}

// Generators: functions of a Random&. Any lambda that returns a tensor, a Real or an Id is a generator too.

/// Independent normal numbers.
template <std::size_t N>
auto normal(const std::size_t (&shape)[N], Real mean = 0, Real deviation = 1) {
  return [empty = zeros(shape), mean, deviation](Random& random) {
    Tensor<N> x = empty;
    fill_normal(values(x), random, mean, deviation);
    return x;
  };
}

/// Independent numbers, uniform in [low, high).
template <std::size_t N>
auto uniform(const std::size_t (&shape)[N], Real low, Real high) {
  return [empty = zeros(shape), low, high](Random& random) {
    Tensor<N> x = empty;
    fill_uniform(values(x), random, low, high);
    return x;
  };
}

/// One number, uniform in [low, high).
inline auto real_between(Real low, Real high) {
  return [low, high](Random& random) { return random.uniform(low, high); };
}

/// One size, uniform among low, low + 1, ..., high.
inline auto size_between(std::size_t low, std::size_t high) {
  return [low, high](Random& random) { return low + random.below(high - low + 1); };
}

/// `size` independent ids, uniform below `count`: an IdVector.
inline auto ids(std::size_t size, std::size_t count) {
  return [size, count](Random& random) {
    IdVector x = IdVector::from_shape({size});
    for (Id& id : x) {
      id = random.below(count);
    }
    return x;
  };
}

/// The same in a shape (rows, columns): an IdMatrix.
inline auto ids(const std::size_t (&shape)[2], std::size_t count) {
  return [rows = shape[0], columns = shape[1], count](Random& random) {
    IdMatrix x = IdMatrix::from_shape({rows, columns});
    for (Id& id : x) {
      id = random.below(count);
    }
    return x;
  };
}

/// The lengths of the sequences of a batch, independent and uniform among 1, 2, ..., longest: an IdVector (batch).
inline auto lengths(std::size_t batch, std::size_t longest) {
  return [batch, longest](Random& random) {
    IdVector x = IdVector::from_shape({batch});
    for (Id& length : x) {
      length = 1 + random.below(longest);
    }
    return x;
  };
}

}  // namespace nn

/// How a CHECK prints a tensor: "(2, 2) 1 0 0 1", its shape and its numbers, row by row.
template <class Storage, std::size_t N, xt::layout_type Layout, class Tag>
struct doctest::StringMaker<xt::xtensor_container<Storage, N, Layout, Tag>> {
  static String convert(const xt::xtensor_container<Storage, N, Layout, Tag>& x) {
    std::ostringstream text;
    text << nn::shape_text(x.shape());
    for (const auto& number : x) {
      text << ' ' << number;
    }
    return text.str().c_str();
  }
};
