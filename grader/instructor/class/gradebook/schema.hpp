#pragma once

namespace grader {

/// The value of PRAGMA user_version in a gradebook.
inline constexpr int gradebook_version = 1;

/// The tables of a gradebook, and a view for queries by hand.
extern const char* const gradebook_schema;

}  // namespace grader
