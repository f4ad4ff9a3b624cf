#include "safetensors/json.hpp"

#include <fmt/format.h>

#include "safetensors/array.hpp"

namespace safetensors {

namespace {

/// The text as a JSON value; null if it is not UTF-8.
Json json_of(std::string_view text) { return Json(json_stringn(text.data(), text.size())); }

/// The key, as it is written, whose closing quote is the last character of the text.
std::string_view last_key(std::string_view text) {
  std::size_t begin = text.rfind('"', text.size() - 2);
  while (text[begin - 1] == '\\') {  // a quote inside of the key
    begin = text.rfind('"', begin - 1);
  }
  return text.substr(begin);
}

}  // namespace

Json parse_object(std::string_view text) {
  if (!text.starts_with('{') || text.find('\0') != std::string_view::npos) {
    throw FormatError("the header is no JSON object");
  }
  json_error_t error;
  Json header(json_loadb(text.data(), text.size(), JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error));
  if (header) {
    return header;
  }

  // Say what is wrong, and where
  const auto position = static_cast<std::size_t>(error.position);
  switch (json_error_code(&error)) {
    case json_error_duplicate_key:
      throw FormatError(fmt::format("the header has the key {:.80} twice, the second time before its byte {}",
                                    last_key(text.substr(0, position)), position));
    case json_error_stack_overflow:
      throw FormatError("the header is nested too deeply");
    case json_error_numeric_overflow:
      throw FormatError(fmt::format("the header is no JSON: a number is out of range before its byte {}", position));
    default:
      throw FormatError(fmt::format("the header is no JSON: it breaks off at its byte {}", position));
  }
}

std::string text_of(const json_t* string) { return {json_string_value(string), json_string_length(string)}; }

std::string json_text(std::string_view text) {
  const Json string = json_of(text);
  if (!string) {
    throw FormatError("a name or a text of the metadata is not UTF-8");
  }
  std::string result;
  const auto append = [](const char* part, std::size_t size, void* to) {
    static_cast<std::string*>(to)->append(part, size);
    return 0;
  };
  json_dump_callback(string.get(), append, &result, JSON_ENCODE_ANY);
  return result;
}

std::string shown(const std::string& name) { return json_text(valid_utf8(name.substr(0, 80))); }

std::string valid_utf8(const std::string& text) {
  std::string result;
  for (std::string_view rest = text; !rest.empty();) {
    // A character takes one to four bytes
    std::size_t size = 1;
    while (size < 4 && size < rest.size() && !json_of(rest.substr(0, size))) {
      ++size;
    }
    const bool valid = json_of(rest.substr(0, size)) != nullptr;
    result += valid ? rest.substr(0, size) : "\xef\xbf\xbd";  // U+FFFD, the replacement character
    rest.remove_prefix(valid ? size : 1);
  }
  return result;
}

}  // namespace safetensors
