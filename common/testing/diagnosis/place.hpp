#pragma once

#include "testing/diagnosis/wrong_value.hpp"

namespace wire::diagnosis {

/// Where the wrong numbers are, if some are correct: "where 'x' is negative", "in the last row". It is the first of the
/// places that contains every wrong number and no correct one; "" if there is none, or if it could be chance.
std::string place_of(const WrongValue& value);

}  // namespace wire::diagnosis
