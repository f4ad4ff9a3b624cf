#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace grader {

/// What differs between the student's file and the reference, for a terminal of so many columns: side by side, the
/// student's on the left, from 100 columns on; below that one under the other, "-" before the student's lines and "+"
/// before the reference's. "" if they are equal. Throws std::runtime_error if there is no program `diff`.
std::string compare_files(const std::filesystem::path& mine, const std::filesystem::path& reference, std::size_t width);

/// How far a line of `diff --side-by-side` of this width is from its sign: "|", "<", ">" or " ".
std::size_t column_of_sign(std::size_t width);

}  // namespace grader
