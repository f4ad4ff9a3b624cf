#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace grader {

/// Whether the text contains the part.
bool contains(std::string_view text, std::string_view part);

/// Untrusted text made inert: valid UTF-8 without control characters except line feeds and tabs, at most `most` bytes,
/// with "..." where it was cut.
std::string inert(std::string_view text, std::size_t most);

/// Inert text as a Markdown code block, whose fence is longer than any run of backquotes inside.
std::string code_block(std::string_view text, std::size_t most);

/// The text of a JSON file: indented by two, with a line feed at the end. Invalid UTF-8 is replaced.
std::string json_text(const nlohmann::json& document);

}  // namespace grader
