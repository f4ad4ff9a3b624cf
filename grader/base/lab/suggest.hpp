#pragma once

#include <optional>
#include <string>
#include <vector>

namespace grader {

/// The edit distance: how many letters to insert, delete, change or swap with a neighbour to turn one word into the
/// other.
std::size_t edit_distance(const std::string& a, const std::string& b);

/// The candidate nearest to the word, if it is near enough.
std::optional<std::string> closest(const std::string& word, const std::vector<std::string>& candidates);

/// " Did you mean 'test'?", or nothing if no candidate is near.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace grader
