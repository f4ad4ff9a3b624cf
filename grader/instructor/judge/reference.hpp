#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "judge/result.hpp"
#include "lab/lab.hpp"
#include "testing/expected.hpp"

namespace grader {

/// The inputs and observations of the reference for one seed, in every test of a lab.
struct Reference {
  /// Runs the reference, whose tests must have been built. Throws std::runtime_error if it fails, or if a graded test
  /// observes nothing: such a test could not be graded.
  Reference(const Lab& lab, std::uint64_t seed);

  wire::Expected expected;
  std::map<std::string, std::vector<std::byte>> givens;  // by test: the records for a submission's program
  std::map<std::string, Shapes> shapes;                  // by test
};

/// Runs the test program of one of our own variants (the solution, an alternative or a mistake) in the reference's
/// role, and returns the records of one test or of all. Not for programs with a student's code. Throws
/// std::runtime_error if the program fails, or takes longer than the time limits of all tests together.
std::vector<wire::Record> run_reference(const Lab& lab, const std::string& variant, std::uint64_t seed,
                                        const std::string& test = "");

}  // namespace grader
