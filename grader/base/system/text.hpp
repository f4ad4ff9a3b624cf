#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace grader {

/// Whether the text contains the part.
bool contains(std::string_view text, std::string_view part);

/// A name from outside as UTF-8: what is none is taken for CP949, the code page of Korean Windows; what is neither
/// stays as it is.
std::string as_utf8(const std::string& name);

/// A name in Unicode's normal form C, in which macOS and Windows write it alike; what is not UTF-8 stays as it is.
std::string composed(const std::string& name);

/// What a name looks like: the same for small and capital, full-width and ordinary letters, and without what is not
/// seen (Unicode's NFKC_Casefold).
std::string look_of(const std::string& name);

/// A name with "?" for everything that is not seen: control characters, marks of direction, joiners, broken UTF-8.
std::string visible(std::string_view name);

/// Text from outside made inert: valid UTF-8 without control characters but line feeds and tabs and without what XML
/// forbids, about `most` bytes, and "..." where something was cut off. Marks of direction, tags and the like are shown
/// as their code: \u{202E}.
std::string inert(std::string_view text, std::size_t most);

/// Inert text as a Markdown code block, whose fence is longer than any run of backquotes inside.
std::string code_block(std::string_view text, std::size_t most);

/// The text of a JSON file: indented by two, with a line feed at the end. Invalid UTF-8 is replaced.
std::string json_text(const nlohmann::json& document);

}  // namespace grader
