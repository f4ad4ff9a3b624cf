#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace grader {

/// Names and values of attributes. Values are escaped; names come from our own code.
using Attributes = std::vector<std::pair<std::string_view, std::string>>;

/// A piece of a page, which is well-formed XML too. A string becomes a piece only as text: made inert, then escaped.
/// Only element() makes markup, so nothing that a student wrote can become markup.
class Html {
 public:
  Html() = default;
  Html(std::string_view text);
  Html(const std::string& text) : Html(std::string_view(text)) {}
  Html(const char* text) : Html(std::string_view(text)) {}

  Html& operator+=(const Html& next);
  friend Html operator+(Html first, const Html& second) { return first += second; }
  bool empty() const { return markup_.empty(); }
  const std::string& markup() const { return markup_; }

 private:
  friend Html element(std::string_view tag, const Attributes& attributes, std::initializer_list<Html> parts);
  std::string markup_;
};

/// An element: <tag name="value">parts</tag>.
Html element(std::string_view tag, const Attributes& attributes, std::initializer_list<Html> parts);
inline Html element(std::string_view tag, std::initializer_list<Html> parts) { return element(tag, {}, parts); }

/// Text made inert, with & < > " ' escaped. All text of a page goes through this function.
std::string escape(std::string_view text);

/// A relative address of one file, percent-encoded byte by byte, so that it works for every file name.
std::string address_of(std::string_view file_name);

/// The name of a person. Its writing direction does not affect the text around it.
Html person(const std::string& name);

/// "1 student", "2 students".
std::string count_text(std::size_t count, std::string_view one, std::string_view many);

/// A whole page that loads nothing and runs nothing. It works in light and dark mode, on paper and on a phone.
std::string page(const std::string& title, const Html& body);

}  // namespace grader
