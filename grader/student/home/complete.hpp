#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace grader {

/// What may stand in the place of the last of these words of a command line, of which the first names a command: a
/// command, a lab ("02"), a task of it ("2.3"), a program. All candidates, whatever the last word begins with.
std::vector<std::string> completions(const std::filesystem::path& root, const std::vector<std::string>& commands,
                                     const std::vector<std::string>& words);

}  // namespace grader
