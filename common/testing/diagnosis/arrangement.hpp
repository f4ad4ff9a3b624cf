#pragma once

#include "testing/diagnosis/wrong_value.hpp"

namespace wire::diagnosis {

// Hypotheses about the correct numbers at wrong places. Their words continue the name of the observation.

/// Two axes are exchanged, for any two shapes of one size: "has its axes 0 and 1 exchanged".
Words is_transposed(const Numbers& got, const Numbers& expected, double rounding);

/// Rows, columns, steps or blocks of columns are those expected elsewhere: reversed, late, early, repeated, permuted.
Words is_rearranged(const WrongValue& value);

/// The expected numbers in any other order.
Words is_shuffled(const WrongValue& value);

/// Parts that should differ are equal: "has equal numbers in all rows".
Words is_repeated(const WrongValue& value);

/// One part along an axis, "row", "column" or "slice along axis 0 ('time')", with the given size of the axis where that
/// is certain; and one of them, "row 2".
std::string part_words(const WrongValue& value, std::size_t axis);
std::string part_words(const WrongValue& value, std::size_t axis, std::size_t number);

}  // namespace wire::diagnosis
