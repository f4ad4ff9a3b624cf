#pragma once

namespace grader {

/// The version that PRAGMA user_version of a gradebook holds.
inline constexpr int gradebook_version = 2;

/// The tables of a gradebook.
extern const char* const gradebook_tables;

/// A view, also for people who ask in SQL: every attempt with the result that counts for it. Of several results of the
/// same files that is the one by the lab's version that was asked for last; without one, the newest.
extern const char* const gradebook_view;

/// Makes the tables of version 1, which knew each file's first time only, into these.
extern const char* const gradebook_upgrade;

}  // namespace grader
