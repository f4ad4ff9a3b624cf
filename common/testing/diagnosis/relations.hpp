#pragma once

#include "testing/diagnosis/wrong_value.hpp"

namespace wire::diagnosis {

// Hypotheses about what each wrong number is, whatever its place.

/// All are the expected ones times one constant: "has the wrong sign", "is 4 (here 'rows') times the expected one".
Words is_multiple(const WrongValue& value);

/// All are the expected ones plus one constant: "is larger than the expected one by 0.5".
Words is_shifted(const WrongValue& value);

/// All are one constant minus the expected ones: "is 1 minus the expected one".
Words is_complement(const WrongValue& value);

/// All are equal to a known array: "is that of 'dy'"; or to a multiple of one.
Words is_known(const WrongValue& value);

/// A known array is added or missing: "is the expected one minus 'bias'".
Words differs_by_known(const WrongValue& value);

/// A known factor is in excess or missing: "is the expected one divided by 'dy'".
Words has_known_factor(const WrongValue& value);

/// All are a function of the expected ones: "is the square of the expected one".
Words is_function(const WrongValue& value);

/// All are one number, while different ones are expected: "is 0".
Words is_constant(const WrongValue& value);

/// Many are wrong, but by very little.
Words is_imprecise(const WrongValue& value);

}  // namespace wire::diagnosis
