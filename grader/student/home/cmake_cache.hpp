#pragma once

#include <filesystem>
#include <string>

namespace grader {

/// A value that CMake remembers for build/check; "" if there is none.
std::string cached_value(const std::filesystem::path& root, const std::string& name);

/// Whose code later labs link for the labs before them.
enum class EarlierLabs { mine, solution };

/// What holds now: the student's own code also where there is no solution at all.
EarlierLabs earlier_labs(const std::filesystem::path& root);

/// Configures build/check anew so that later labs link this. Throws BuildError with what CMake says; std::runtime_error
/// if solutions are wanted and none are here.
void choose_earlier_labs(const std::filesystem::path& root, EarlierLabs choice);

}  // namespace grader
