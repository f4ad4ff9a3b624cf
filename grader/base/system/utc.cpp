#include "system/utc.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fmt/format.h>
#include <stdexcept>

namespace grader {

namespace {

/// The offset from UTC in seconds, of "Z", "UTC", "+09:00" or "-0530", perhaps after a fraction of a second and a
/// space; false if the text has another form.
bool read_zone(const std::string& text, std::int64_t& seconds) {
  // Leave out the fraction and the space
  std::size_t begin = 0;
  if (text.starts_with('.')) {
    begin = std::min(text.find_first_not_of("0123456789", 1), text.size());
    if (begin == 1) return false;
  }
  if (begin < text.size() && text[begin] == ' ') ++begin;
  std::string zone = text.substr(begin);

  seconds = 0;
  if (zone == "Z" || zone == "UTC") return true;
  if (zone.size() == 5) zone.insert(3, ":");
  int hours = 0;
  int minutes = 0;
  int length = 0;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') ||
      std::sscanf(zone.c_str() + 1, "%2d:%2d%n", &hours, &minutes, &length) != 2 || length != 5 || hours > 14 ||
      minutes > 59) {
    return false;
  }
  seconds = (zone[0] == '-' ? -60 : 60) * (std::int64_t{hours} * 60 + minutes);
  return true;
}

}  // namespace

std::string utc_text(std::int64_t seconds) {
  const std::time_t moment = seconds;
  std::tm parts{};
  gmtime_r(&moment, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

std::string utc_text_if_known(std::int64_t seconds) { return seconds == 0 ? "" : utc_text(seconds); }

std::int64_t utc_seconds(const std::string& text) {
  std::tm parts{};
  int length = 0;
  std::int64_t east = 0;
  const int count = std::sscanf(text.c_str(), "%4d-%2d-%2d%*1[T ]%2d:%2d:%2d%n", &parts.tm_year, &parts.tm_mon,
                                &parts.tm_mday, &parts.tm_hour, &parts.tm_min, &parts.tm_sec, &length);
  parts.tm_year -= 1900;
  parts.tm_mon -= 1;
  std::tm normal = parts;
  const std::int64_t seconds = timegm(&normal);
  const bool exists = normal.tm_mday == parts.tm_mday && normal.tm_mon == parts.tm_mon &&
                      normal.tm_hour == parts.tm_hour && normal.tm_min == parts.tm_min && normal.tm_sec == parts.tm_sec;
  if (count != 6 || length != 19 || !exists || !read_zone(text.substr(19), east)) {
    throw std::runtime_error(
        fmt::format("'{}' is not a time. Write it like 2026-12-01T23:59:00+09:00, or with Z for UTC", text));
  }
  return seconds - east;
}

std::int64_t utc_now() { return std::time(nullptr); }

std::int64_t unix_seconds(std::filesystem::file_time_type time) {
  const auto moment = std::filesystem::file_time_type::clock::to_sys(time);
  return std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
}

std::filesystem::file_time_type file_time(std::int64_t seconds) {
  const std::chrono::sys_seconds moment{std::chrono::seconds(seconds)};
  return std::filesystem::file_time_type::clock::from_sys(moment);
}

}  // namespace grader
