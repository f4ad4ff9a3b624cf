#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "class/pages/html.hpp"
#include "judge/result.hpp"

namespace grader {

// The parts of both pages.

/// A part of a page with a heading. Empty parts are left out.
struct Part {
  std::string heading;
  Html html;
};
Html section(const Part& part);

/// Links to the parts of the page.
Html contents(const std::vector<Part>& parts);

/// An important notice.
Html notice(const std::string& words);

enum class Of { words, numbers };

/// A column of a table: its heading and its kind.
struct Column {
  std::string heading;
  Of kind = Of::words;
};

/// A table that can be scrolled sideways if the page is too narrow; kind is its class in the style sheet, `body` is one
/// or more <tbody>.
Html table(const std::string& kind, const std::vector<Column>& columns, const Html& body);

/// A cell; kind is its class in the style sheet.
Html cell(const std::string& kind, std::initializer_list<Html> parts);

/// A part of a bar: its class in the style sheet, and its size.
struct BarPart {
  std::string kind;
  std::size_t amount = 0;
};

/// A bar of parts side by side. It only repeats what the text next to it says.
Html bar(const std::vector<BarPart>& parts);

/// The key of a bar's colours.
Html key_item(const std::string& kind, const std::string& words);

/// The class of a status in the style sheet: its name, or "stopped" if the test did not end normally.
std::string kind_of(Status status);

/// The name of a test without the number of its task.
std::string title_of(const TestInfo& test);

/// Why a submission was not run: why it cannot be read, or the compiler's messages.
Html why_not_run(const Result& result);

/// "83 %", rounded to the nearest; "–" if the whole is 0.
std::string share_text(std::size_t part, std::size_t whole);

/// "0.16 s".
std::string seconds_text(double seconds);

/// "2 days 3 h", "3 h 20 min", "20 min": the two largest units, rounded up to minutes.
std::string duration_text(std::int64_t seconds);

/// "2026-12-01 14:59 UTC" for a moment in the form of utc_text.
std::string moment_text(const std::string& utc);

}  // namespace grader
