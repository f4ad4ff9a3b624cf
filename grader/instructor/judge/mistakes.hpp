#pragma once

#include <cstdint>
#include <vector>

#include "lab/lab.hpp"
#include "testing/expected.hpp"

namespace grader {

/// The known mistakes of a lab, from the heads of solutions/NN_name/mistakes/*.patch, in order of their names; none
/// where the folder is missing. A head has the lines "Title: ...", "Hint: ..." and "Test: ..." before the patch itself.
/// Throws std::runtime_error that names the file and the line that is missing.
std::vector<wire::Mistake> load_mistakes(const Lab& lab);

/// What a mistake, whose tests must have been built, observes for a seed. Throws std::runtime_error if there is no test
/// that the mistake names.
std::vector<wire::Record> run_mistake(const Lab& lab, const wire::Mistake& mistake, std::uint64_t seed);

/// What the reference and every mistake observe for a seed.
struct LabObservations {
  wire::Expected expected;
  std::vector<wire::Mistake> mistakes;
  std::vector<std::vector<wire::Record>> records;  // of each mistake
};

/// Runs the reference and every mistake, whose tests must have been built.
LabObservations observe_with_mistakes(const Lab& lab, std::uint64_t seed);

}  // namespace grader
