#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace grader {

/// A moment, in seconds since the beginning of 1970 in UTC, as "2026-12-01T14:59:00Z".
std::string utc_text(std::int64_t seconds);

/// The moment of a text like "2026-12-01T14:59:00Z" or "2026-12-01T23:59:00+09:00". Throws std::runtime_error that
/// shows the correct form if the text is not a valid time.
std::int64_t utc_seconds(const std::string& text);

/// The current time.
std::int64_t utc_now();

/// Converts the time of a file to seconds, and back.
std::int64_t unix_seconds(std::filesystem::file_time_type time);
std::filesystem::file_time_type file_time(std::int64_t seconds);

}  // namespace grader
