#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace grader {

/// Text from outside made inert: valid UTF-8 without control characters but line feeds and tabs, at most `most` bytes,
/// and
/// "..." where something was cut off.
std::string inert(std::string_view text, std::size_t most);

/// Inert text as a Markdown code block, whose fence is longer than any run of backquotes inside.
std::string code_block(std::string_view text, std::size_t most);

}  // namespace grader
