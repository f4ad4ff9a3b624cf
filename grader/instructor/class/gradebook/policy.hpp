#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "class/roster.hpp"

namespace grader {

/// How points become a score: what lateness costs, and which of several attempts counts. The instructor writes it as a
/// JSON file (results/policy.json). It is applied whenever grades are shown or exported; results keep the judge's
/// points.
///
///     {
///       "counts": "best",                                        or "last"; without it, last
///       "due": {"02_mlp": "2026-12-01T23:59:00+09:00"},          a lab without a due date is never late
///       "grace_days": 1,                                         days late without a penalty
///       "percent": 10, "per": "day",                             or "hour": for each day or hour begun after that
///       "max_percent": 50,                                       never more than this; without it, 100
///       "missing": "zero",                                       who handed in nothing, or nothing that can be read,
///                                                                counts as 0 in mean and median;
///                                                                "left out" without it
///       "extensions": {"kim": {"02_mlp": 2, "every lab": 0.5}}   additional days for this student
///     }
struct Policy {
  enum class Counts { last, best };
  enum class Missing { left_out, zero };

  Counts counts = Counts::last;
  std::map<std::string, std::int64_t> due;  // by lab, in seconds since 1970
  double grace_days = 0;
  double percent = 0;  // of the points earned, for each unit begun
  std::int64_t unit_seconds = 86'400;
  double max_percent = 100;
  Missing missing = Missing::left_out;
  std::map<std::string, std::map<std::string, double>> extensions;  // days, by student and lab

  /// How many seconds late the submission was, after extensions and grace days; 0 if it was in time, or if its time is
  /// unknown ("").
  std::int64_t seconds_late(const std::string& student, const std::string& lab, const std::string& submitted_at) const;

  /// When the last student can no longer hand in the lab without a penalty, in seconds since 1970; nothing if it has no
  /// due date.
  std::optional<std::int64_t> closes(const std::string& lab) const;

  /// The same policy with every student called as in the roster.
  Policy with_names(const Roster& roster) const;

  /// The penalty for this many seconds, in percent of the points.
  double penalty_percent(std::int64_t seconds_late) const;
};

/// Throws std::runtime_error, with the nearest name, if the policy names a lab that is not in the course, or a student
/// who is neither in the roster nor in `others`. Without a roster nobody can say who exists.
void check_names(const Policy& policy, const std::vector<std::string>& labs, const Roster& roster,
                 const std::vector<std::string>& others);

/// Reads a policy. Throws std::runtime_error that names the file and the key if anything differs from the form above.
Policy load_policy(const std::filesystem::path& file);

}  // namespace grader
