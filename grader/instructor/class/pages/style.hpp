#pragma once

#include <string_view>

namespace grader {

/// The style sheet of every page. It refers to no other file, and contains no < or &, so that a page is well-formed
/// XML.
extern const std::string_view page_style;

}  // namespace grader
