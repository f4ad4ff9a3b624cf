#include "class/gradebook/policy.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "system/utc.hpp"

namespace grader {

namespace {

using nlohmann::json;

constexpr double seconds_per_day = 86'400;
constexpr const char* every_lab = "every lab";

/// A number of at least 0, and at most `most`.
double number_of(const json& value, double most) {
  const double number = value.is_number() ? value.get<double>() : -1;
  if (number < 0 || number > most) {
    throw std::runtime_error(fmt::format("must be a number from 0 to {:g}", most));
  }
  return number;
}

std::string choice_of(const json& value, const std::string& one, const std::string& other) {
  if (value != one && value != other) {
    throw std::runtime_error(fmt::format("must be \"{}\" or \"{}\"", one, other));
  }
  return value;
}

/// The value, which must be an object.
const json& object_of(const json& value) {
  if (!value.is_object()) {
    throw std::runtime_error("must be an object { ... }");
  }
  return value;
}

void read_extensions(const json& students, Policy& policy) {
  for (const auto& [student, labs] : object_of(students).items()) {
    for (const auto& [lab, days] : object_of(labs).items()) {
      policy.extensions[student][lab] = number_of(days, 3650);
    }
  }
}

void read_key(const std::string& key, const json& value, Policy& policy) {
  if (key == "counts") {
    policy.counts = choice_of(value, "last", "best") == "best" ? Policy::Counts::best : Policy::Counts::last;
  } else if (key == "due") {
    for (const auto& [lab, time] : object_of(value).items()) policy.due[lab] = utc_seconds(time);
  } else if (key == "grace_days") {
    policy.grace_days = number_of(value, 3650);
  } else if (key == "percent") {
    policy.percent = number_of(value, 100);
  } else if (key == "per") {
    policy.unit_seconds = choice_of(value, "hour", "day") == "hour" ? 3'600 : 86'400;
  } else if (key == "max_percent") {
    policy.max_percent = number_of(value, 100);
  } else if (key == "missing") {
    policy.missing = choice_of(value, "left out", "zero") == "zero" ? Policy::Missing::zero : Policy::Missing::left_out;
  } else if (key == "extensions") {
    read_extensions(value, policy);
  } else {
    throw std::runtime_error("is not a key of a policy; see grader/instructor/class/gradebook/policy.hpp");
  }
}

}  // namespace

std::int64_t Policy::seconds_late(const std::string& student, const std::string& lab,
                                  const std::string& submitted_at) const {
  const auto date = due.find(lab);
  if (date == due.end() || submitted_at.empty()) {
    return 0;
  }
  double days = grace_days;
  if (const auto more = extensions.find(student); more != extensions.end()) {
    for (const char* name : {lab.c_str(), every_lab}) {
      if (const auto found = more->second.find(name); found != more->second.end()) {
        days += found->second;
        break;
      }
    }
  }
  const auto end = date->second + static_cast<std::int64_t>(std::llround(days * seconds_per_day));
  return std::max<std::int64_t>(0, utc_seconds(submitted_at) - end);
}

Policy Policy::with_names(const Roster& roster) const {
  Policy policy = *this;
  policy.extensions.clear();
  for (const auto& [student, labs] : extensions) policy.extensions[roster.student_called(student)] = labs;
  return policy;
}

double Policy::penalty_percent(std::int64_t seconds_late) const {
  const std::int64_t units = (seconds_late + unit_seconds - 1) / unit_seconds;
  return std::min(max_percent, percent * static_cast<double>(units));
}

Policy load_policy(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) {
    throw std::runtime_error(file.string() + " cannot be read");
  }
  Policy policy;
  std::string at = "the file";
  try {
    const json keys = json::parse(in);
    for (const auto& [key, value] : object_of(keys).items()) {
      at = fmt::format("\"{}\"", key);
      read_key(key, value, policy);
    }
  } catch (const json::exception& error) {
    throw std::runtime_error(fmt::format("{}: {} cannot be read: {}", file.string(), at, error.what()));
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(fmt::format("{}: {} {}", file.string(), at, error.what()));
  }
  return policy;
}

}  // namespace grader
