#include "system/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <iconv.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <utf8proc.h>

namespace grader {

namespace {

/// The letter at the front of a text.
struct Letter {
  utf8proc_int32_t code = -1;  // -1 if the text does not begin with valid UTF-8
  std::size_t bytes = 1;
};

Letter front_of(std::string_view text) {
  Letter letter;
  const utf8proc_ssize_t bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                                  static_cast<utf8proc_ssize_t>(text.size()), &letter.code);
  return bytes > 0 ? Letter{letter.code, static_cast<std::size_t>(bytes)} : Letter{};
}

/// Whether a letter has no place in a text: a control character except tab and line feed, or a code that Unicode says
/// is no character (section 23.7), which XML and HTML forbid.
bool is_forbidden(utf8proc_int32_t code) {
  const bool is_none = (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
  return code < 0 || is_none || (utf8proc_category(code) == UTF8PROC_CATEGORY_CC && code != '\t' && code != '\n');
}

/// Whether a letter joins its neighbours or not, as Bengali and other scripts need.
bool is_joiner(utf8proc_int32_t code) { return code == 0x200C || code == 0x200D; }

/// Whether a letter is not seen itself but changes how others are: marks of direction, tags, separators of lines.
bool is_mark(utf8proc_int32_t code) {
  const utf8proc_category_t category = utf8proc_category(code);
  return !is_joiner(code) &&
         (category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP);
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const Letter letter = front_of(text);
    if (letter.code < 0) return false;
    text.remove_prefix(letter.bytes);
  }
  return true;
}

/// The text in a form of Unicode; as it is if it is not UTF-8.
std::string mapped(const std::string& text, int options) {
  utf8proc_uint8_t* form = nullptr;
  const utf8proc_ssize_t bytes =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &form, static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owner(form, std::free);
  return bytes < 0 ? text : std::string(reinterpret_cast<const char*>(form), static_cast<std::size_t>(bytes));
}

}  // namespace

std::string as_utf8(const std::string& name) {
  if (is_utf8(name)) {
    return name;
  }
  const iconv_t converter = iconv_open("UTF-8", "CP949");
  if (converter == iconv_t(-1)) {
    return name;
  }
  std::string input = name;
  std::string output(3 * name.size(), '\0');  // no letter takes more
  char* from = input.data();
  char* to = output.data();
  std::size_t left = input.size();
  std::size_t room = output.size();
  const bool converted = iconv(converter, &from, &left, &to, &room) != std::size_t(-1);
  iconv_close(converter);
  return converted ? output.substr(0, output.size() - room) : name;
}

std::string composed(const std::string& name) { return mapped(name, UTF8PROC_STABLE | UTF8PROC_COMPOSE); }

std::string look_of(const std::string& name) {
  return mapped(name, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
}

std::string visible(std::string_view name) {
  std::string result;
  for (Letter letter; !name.empty(); name.remove_prefix(letter.bytes)) {
    letter = front_of(name);
    const bool is_seen = letter.code >= ' ' && !is_forbidden(letter.code) && !is_mark(letter.code) &&
                         utf8proc_get_property(letter.code)->ignorable == 0;
    result += is_seen ? name.substr(0, letter.bytes) : "?";
  }
  return result;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string inert(std::string_view text, std::size_t most) {
  std::string result;
  while (!text.empty() && result.size() < most) {
    const Letter letter = front_of(text);
    if (is_forbidden(letter.code)) {
      result += '?';
    } else if (is_mark(letter.code)) {
      result += fmt::format("\\u{{{:X}}}", letter.code);
    } else {
      result += text.substr(0, letter.bytes);
    }
    text.remove_prefix(letter.bytes);
  }
  return text.empty() ? result : result + "...";
}

std::string code_block(std::string_view text, std::size_t most) {
  const std::string body = inert(text, most);
  std::size_t run = 0;
  std::size_t longest = 2;
  for (const char character : body) {
    run = character == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fence + "\n" + body + (body.ends_with('\n') ? "" : "\n") + fence + "\n";
}

std::string json_text(const nlohmann::json& document) {
  return document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace grader
