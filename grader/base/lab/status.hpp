#pragma once

#include <cstddef>
#include <string_view>

namespace grader {

/// How a graded test ended, at home or before the judge.
enum class Status {
  passed,
  failed,     // a value is wrong, missing, malformed or unexpected
  todo,       // it met code that is not implemented
  crashed,    // a signal ended it
  timeout,    // it reached its limit of time
  left,       // the program ended itself before the test was over
  not_built,  // the submission does not compile
};

/// How many there are.
inline constexpr std::size_t status_count = 7;

/// Its name in files: "not_built". status_of throws std::runtime_error for a name that no status has.
std::string_view name_of(Status status);
Status status_of(std::string_view name);

/// The same in words for people: "not right yet".
std::string_view words_of(Status status);

}  // namespace grader
