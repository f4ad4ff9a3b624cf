#pragma once

#include <jansson.h>
#include <memory>
#include <string>
#include <string_view>

namespace safetensors {

struct ReleaseJson {
  void operator()(json_t* value) const { json_decref(value); }
};

/// A JSON value of jansson's. Numbers that are whole are kept exactly, below 2^63.
using Json = std::unique_ptr<json_t, ReleaseJson>;

/// Parses an object. Its members keep the order of the text. Throws FormatError if the text is anything else, if it is
/// not UTF-8, if a key comes twice, also inside of a member, or if it is nested deeply.
Json parse_object(std::string_view text);

/// What a JSON string holds.
std::string text_of(const json_t* string);

/// The text in quotes, as JSON writes it. Throws FormatError if it is not UTF-8.
std::string json_text(std::string_view text);

/// A name as an error message may show it: in quotes, short, and without control characters, whatever it holds.
std::string shown(const std::string& name);

/// The text with every byte that is not UTF-8 replaced, so that it can be a name or metadata of a document.
std::string valid_utf8(const std::string& text);

}  // namespace safetensors
