#pragma once

#include <string>

#include "testing/diagnosis/wrong_value.hpp"

namespace wire::diagnosis {

/// The numbers of a test that have a name: scalar inputs, and sizes of axes where no scalar input has that value.
std::vector<Scalar> scalars_of(const std::vector<Record>& givens, const Numbers& expected);

/// What this constant is in the test: "'rows'", "1 / sqrt('head_size')", "1 - 'momentum'"; two, if two are equal to it;
/// "" if none or more are, or if a formula may contain the constant by itself.
std::string name_of_constant(double constant, const std::vector<Scalar>& scalars);

/// Whether a formula may contain the constant by itself: -1, 2, 1/3, the root of 2.
bool is_common(double constant);

/// A constant in digits, "1/4" rather than "0.25", with what it is: "4 (here 'rows')".
std::string constant_text(double constant, const std::vector<Scalar>& scalars);

}  // namespace wire::diagnosis
