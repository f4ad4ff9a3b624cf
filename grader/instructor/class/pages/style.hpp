#pragma once

#include <string_view>

namespace grader {

/// The style sheet of every page. It names no other file, and holds no < or &, so that a page is well-formed XML.
extern const std::string_view page_style;

}  // namespace grader
