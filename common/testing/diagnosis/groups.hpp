#pragma once

#include "testing/diagnosis/wrong_value.hpp"

namespace wire::diagnosis {

// Hypotheses about rows, columns or channels, each of which has a constant of its own. Their words continue the name of
// the observation.

/// "in each row the numbers are a multiple of those expected, by a factor of its own".
Words is_multiple_in_groups(const WrongValue& value);

/// "in each column the same number is added to those expected".
Words is_shifted_in_groups(const WrongValue& value);

/// "in each column the numbers are those expected times a factor, plus a shift".
Words is_scaled_and_shifted_in_groups(const WrongValue& value);

}  // namespace wire::diagnosis
