#include "system/text.hpp"

#include <algorithm>
#include <iconv.h>
#include <nlohmann/json.hpp>

namespace grader {

namespace {

/// The length of the UTF-8 sequence at the front of text, or 0 if it is invalid: cut off, overlong, a surrogate, or too
/// large (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) {
    return 1;
  }
  if (first >= 0xC2 && first <= 0xDF) {
    return continues(1) ? 2 : 0;
  }
  if (first >= 0xE0 && first <= 0xEF) {
    const bool allowed = !(first == 0xE0 && byte(1) < 0xA0) && !(first == 0xED && byte(1) > 0x9F);
    return allowed && continues(1) && continues(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool allowed = !(first == 0xF0 && byte(1) < 0x90) && !(first == 0xF4 && byte(1) > 0x8F);
    return allowed && continues(1) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

/// C0 controls except tab and line feed, delete, C1 controls, and the marks that change the direction of text.
bool is_control(std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence[0]);
  if (sequence.size() == 1) {
    return (first < 0x20 && first != '\t' && first != '\n') || first == 0x7F;
  }
  const auto second = static_cast<unsigned char>(sequence[1]);
  if (sequence.size() == 2) {
    return first == 0xC2 && second < 0xA0;
  }
  const auto third = static_cast<unsigned char>(sequence[2]);
  return sequence.size() == 3 && first == 0xE2 &&
         ((second == 0x80 && third >= 0xAA && third <= 0xAE) || (second == 0x81 && third >= 0xA6 && third <= 0xA9));
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
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

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string inert(std::string_view text, std::size_t most) {
  std::string result;
  while (!text.empty() && result.size() < most) {
    const std::size_t length = sequence_length(text);
    if (length == 0 || is_control(text.substr(0, length))) {
      result += '?';
    } else {
      result += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
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
