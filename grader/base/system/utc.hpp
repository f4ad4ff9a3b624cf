#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace grader {

/// A moment, in seconds since the beginning of 1970 in UTC, as "2026-12-01T14:59:00Z".
std::string utc_text(std::int64_t seconds);

/// The same, but "" for 0: nobody knows when.
std::string utc_text_if_known(std::int64_t seconds);

/// The moment that a text like "2026-12-01T14:59:00Z", "2026-12-01T23:59:00+09:00" or "2026-12-01 23:59:00.25 +0900"
/// names, without the fraction. Throws std::runtime_error that shows such a text if it is no moment.
std::int64_t utc_seconds(const std::string& text);

/// The current time.
std::int64_t utc_now();

/// The time of a file, as a whole number of seconds, and back.
std::int64_t unix_seconds(std::filesystem::file_time_type time);
std::filesystem::file_time_type file_time(std::int64_t seconds);

}  // namespace grader
