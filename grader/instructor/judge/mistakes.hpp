#pragma once

#include <cstdint>
#include <vector>

#include "lab/lab.hpp"
#include "testing/expected.hpp"

namespace grader {

/// The known mistakes of a lab, from the heads of solutions/NN_name/mistakes/*.patch, in order of their names; none if
/// the folder is missing. A head has the lines "Title: ...", "Hint: ..." and "Test: ..." before the patch itself.
/// Throws std::runtime_error that names the file and the line that is missing.
std::vector<wire::Mistake> load_mistakes(const Lab& lab);

/// The observations of a mistake for a seed. Its tests must have been built. Throws std::runtime_error if the mistake
/// names a test that does not exist.
std::vector<wire::Record> run_mistake(const Lab& lab, const wire::Mistake& mistake, std::uint64_t seed);

/// The observations of the reference and of every mistake for a seed.
struct LabObservations {
  wire::Expected expected;
  std::vector<wire::Mistake> mistakes;
  std::vector<std::vector<wire::Record>> records;  // for each mistake
};

/// Runs the reference and every mistake, whose tests must have been built.
LabObservations observe_with_mistakes(const Lab& lab, std::uint64_t seed);

}  // namespace grader
