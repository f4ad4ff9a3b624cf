#include "class/pages/html.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "class/pages/style.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

constexpr std::size_t max_page_text = 8000;
constexpr std::size_t max_name = 100;

/// The elements without an end tag.
constexpr std::array<std::string_view, 4> empty_elements{"meta", "br", "rect", "line"};

constexpr std::string_view policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

}  // namespace

std::string escape(std::string_view text) {
  std::string escaped;
  for (const char character : inert(text, max_page_text)) {
    switch (character) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += character;
    }
  }
  return escaped;
}

Html::Html(std::string_view text) : markup_(escape(text)) {}

Html& Html::operator+=(const Html& next) {
  markup_ += next.markup_;
  return *this;
}

Html element(std::string_view tag, const Attributes& attributes, std::initializer_list<Html> parts) {
  Html html;
  html.markup_ = fmt::format("<{}", tag);
  for (const auto& [name, value] : attributes) {
    html.markup_ += fmt::format(" {}=\"{}\"", name, escape(value));
  }
  if (std::ranges::find(empty_elements, tag) != empty_elements.end()) {
    html.markup_ += "/>";
    return html;
  }
  html.markup_ += '>';
  for (const Html& part : parts) {
    html += part;
  }
  html.markup_ += fmt::format("</{}>", tag);
  return html;
}

std::string address_of(std::string_view file_name) {
  constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string address;
  for (const char character : file_name) {
    const bool is_plain = unreserved.find(character) != std::string_view::npos;
    address += is_plain ? std::string(1, character) : fmt::format("%{:02X}", static_cast<unsigned char>(character));
  }
  return address;
}

Html person(const std::string& name) { return element("bdi", {inert(name, max_name)}); }

std::string count_text(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string page(const std::string& title, const Html& body) {
  Html head = element("meta", {{"charset", "utf-8"}}, {});
  head += element("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", std::string(policy)}}, {});
  head += element("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}, {});
  head += element("meta", {{"name", "color-scheme"}, {"content", "light dark"}}, {});
  head += element("title", {title});
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>{}\n<style>{}</style>\n</head>\n<body>\n<main>{}</main>\n</body>\n"
      "</html>\n",
      head.markup(), page_style, body.markup());
}

}  // namespace grader
