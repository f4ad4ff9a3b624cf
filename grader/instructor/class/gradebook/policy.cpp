#include "class/gradebook/policy.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "lab/suggest.hpp"
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

/// The days of an extension that count for a lab: its own, else those for every lab.
double days_of(const std::map<std::string, double>& extension, const std::string& lab) {
  for (const std::string& name : {lab, std::string(every_lab)}) {
    if (const auto found = extension.find(name); found != extension.end()) return found->second;
  }
  return 0;
}

std::int64_t seconds_of(double days) { return std::llround(days * seconds_per_day); }

/// " Did you mean '02_mlp'?", for "02", "mlp" and what is nearly the name; nothing if no lab is near.
std::string nearest_lab(const std::string& called, const std::vector<std::string>& labs) {
  for (const std::string& lab : labs) {
    if (!called.empty() && (lab.starts_with(called + "_") || lab.ends_with("_" + called))) {
      return fmt::format(" Did you mean '{}'?", lab);
    }
  }
  return did_you_mean(called, labs);
}

void check_lab(const char* key, const std::string& called, const std::vector<std::string>& labs) {
  if (std::ranges::find(labs, called) == labs.end()) {
    throw std::runtime_error(fmt::format("\"{}\" names the lab '{}', but there is none.{} Labs: {}", key, called,
                                         nearest_lab(called, labs), fmt::join(labs, ", ")));
  }
}

}  // namespace

void check_names(const Policy& policy, const std::vector<std::string>& labs, const Roster& roster,
                 const std::vector<std::string>& others) {
  for (const auto& [lab, time] : policy.due) check_lab("due", lab, labs);
  std::vector<std::string> students = others;
  for (const Person& person : roster.people()) students.push_back(person.student);
  for (const auto& [student, days] : policy.extensions) {
    for (const auto& [lab, count] : days) {
      if (lab != every_lab) check_lab("extensions", lab, labs);
    }
    const bool is_known = roster.find(student) != nullptr || std::ranges::find(others, student) != others.end();
    if (!roster.empty() && !is_known) {
      throw std::runtime_error(fmt::format("\"extensions\" names the student '{}', whom the roster does not have.{}",
                                           student, did_you_mean(student, students)));
    }
  }
}

std::int64_t Policy::seconds_late(const std::string& student, const std::string& lab,
                                  const std::string& submitted_at) const {
  const auto date = due.find(lab);
  if (date == due.end() || submitted_at.empty()) {
    return 0;
  }
  const auto more = extensions.find(student);
  const double days = more == extensions.end() ? 0 : days_of(more->second, lab);
  return std::max<std::int64_t>(0, utc_seconds(submitted_at) - date->second - seconds_of(grace_days + days));
}

std::optional<std::int64_t> Policy::closes(const std::string& lab) const {
  const auto date = due.find(lab);
  if (date == due.end()) return std::nullopt;
  double most = 0;
  for (const auto& [student, days] : extensions) most = std::max(most, days_of(days, lab));
  return date->second + seconds_of(grace_days + most);
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
