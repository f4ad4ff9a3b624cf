#include "lab/status.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace grader {

namespace {

/// The names of the statuses, in the order of the enumeration.
struct StatusWords {
  std::string_view name;
  std::string_view words;
};
constexpr std::array<StatusWords, status_count> status_words{{
    {"passed", "passed"},
    {"failed", "not right yet"},
    {"todo", "not done yet"},
    {"crashed", "crashed"},
    {"timeout", "time limit reached"},
    {"left", "ended the program"},
    {"not_built", "does not compile"},
}};

}  // namespace

std::string_view name_of(Status status) { return status_words.at(static_cast<std::size_t>(status)).name; }

Status status_of(std::string_view name) {
  const auto found = std::ranges::find(status_words, name, &StatusWords::name);
  if (found == status_words.end()) {
    throw std::runtime_error("unknown status '" + std::string(name) + "'");
  }
  return static_cast<Status>(found - status_words.begin());
}

std::string_view words_of(Status status) { return status_words.at(static_cast<std::size_t>(status)).words; }

}  // namespace grader
