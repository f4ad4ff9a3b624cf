#pragma once

#include <cstddef>
#include <string_view>

namespace grader {

/// The result of a graded test, at home or in the judge.
enum class Status {
  passed,
  failed,     // a value is wrong, missing, malformed or unexpected
  todo,       // it reached code that is not implemented
  crashed,    // a signal ended it
  timeout,    // it reached its time limit
  left,       // the program ended before the test was over
  not_built,  // the submission does not compile
};

/// The number of statuses.
inline constexpr std::size_t status_count = 7;

/// Its name in files: "not_built". status_of throws std::runtime_error for an unknown name.
std::string_view name_of(Status status);
Status status_of(std::string_view name);

/// Its name for people: "not right yet".
std::string_view words_of(Status status);

}  // namespace grader
