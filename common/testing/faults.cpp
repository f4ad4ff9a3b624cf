// A lab whose student makes every fault that ends a test early, for call_stack_test.cpp.
#include <cstdlib>
#include <span>
#include <thread>
#include <vector>

#include "testing/testing.hpp"

namespace nn {

extern const char* const lab_name;
extern const char* const lab_files;
extern const char* const lab_expected_file;
const char* const lab_name = "99_faults";
const char* const lab_files = "other.cpp faults.cpp";
const char* const lab_expected_file = "";

namespace {

class Layer {
 public:
  __attribute__((noinline)) Real past_the_end(const Matrix& x) const { return x(0, x.shape(1)); }
  __attribute__((noinline)) Real past_the_span(std::span<const Real> x) const { return x[x.size()]; }
};

__attribute__((noinline)) int recurse(volatile int* n) {
  volatile int deeper = *n + 1;
  return *n < 0 ? 0 : recurse(&deeper) + deeper;
}

__attribute__((noinline)) Real read(const Vector* x) { return (*x)(0); }

__attribute__((noinline)) void overrun(volatile char* memory) {
  for (std::size_t i = 0; i < (std::size_t{1} << 24); ++i) {
    memory[i] = 0x7f;
  }
}

__attribute__((noinline)) void give_up() { std::exit(0); }

__attribute__((noinline)) void loop(volatile bool& go_on) {
  while (go_on) {
  }
}

}  // namespace

TEST_CASE("9.1 an index is past the end" * points(1)) { Layer().past_the_end(zeros({2, 3})); }

TEST_CASE("9.1 a shape does not fit" * points(1)) { check_shape("f", "x", zeros({2, 3}), {any, 4}); }

TEST_CASE("9.2 an index is past the end of a span" * points(1)) { Layer().past_the_span(std::vector<Real>(3)); }

TEST_CASE("9.2 a reference to nothing" * points(1)) { read(nullptr); }

TEST_CASE("9.2 endless recursion" * points(1)) {
  volatile int n = 0;
  recurse(&n);
}

TEST_CASE("9.2 memory is overwritten" * points(1)) { overrun(std::vector<char>(100).data()); }

TEST_CASE("9.2 a loop that does not end" * points(1)) {
  volatile bool go_on = true;
  loop(go_on);
}

TEST_CASE("9.2 exit is called" * points(1)) { give_up(); }

TEST_CASE("9.3 an exception is caught and the test goes on" * points(1)) {
  CHECK(thrown<ShapeError>([] { check_shape("f", "x", zeros({2, 3}), {any, 4}); }) == "ShapeError");
  CHECK(thrown<IdError>([] { check_shape("f", "x", zeros({2, 3}), {any, 4}); }) == "ShapeError");
  CHECK(thrown<ShapeError>([] { std::vector<int>().at(3); }) == "std::out_of_range");
  CHECK(thrown<ShapeError>([] {}) == "no exception");
}

TEST_CASE("9.3 what is not done yet passes through thrown" * points(1)) {
  thrown<ShapeError>([] { not_implemented(); });
}

}  // namespace nn
