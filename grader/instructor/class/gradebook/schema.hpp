#pragma once

namespace grader {

/// The version that PRAGMA user_version of a gradebook holds.
inline constexpr int gradebook_version = 1;

/// The tables of a gradebook, and a view for people who ask it in SQL.
extern const char* const gradebook_schema;

}  // namespace grader
