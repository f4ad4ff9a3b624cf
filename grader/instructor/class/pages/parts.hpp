#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "class/pages/html.hpp"
#include "judge/result.hpp"

namespace grader {

// What both pages are put together from.

/// A part of a page under a heading. It does not appear if it is empty.
struct Part {
  std::string heading;
  Html html;
};
Html section(const Part& part);

/// Links to the parts that appear.
Html contents(const std::vector<Part>& parts);

/// Something that must not be overlooked.
Html notice(const std::string& words);

enum class Of { words, numbers };

/// A column of a table: its heading, and what stands below.
struct Column {
  std::string heading;
  Of kind = Of::words;
};

/// A table that is moved sideways where the page is too narrow for it; kind is its class in the style sheet, `body` one
/// or more <tbody>.
Html table(const std::string& kind, const std::vector<Column>& columns, const Html& body);

/// A cell; kind is its class in the style sheet.
Html cell(const std::string& kind, std::initializer_list<Html> parts);

/// A part of a bar: its class in the style sheet, and how much of it there is.
struct BarPart {
  std::string kind;
  std::size_t amount = 0;
};

/// A bar of parts beside each other. It only repeats what stands near it in words.
Html bar(const std::vector<BarPart>& parts);

/// Which colour of a bar means what.
Html key_item(const std::string& kind, const std::string& words);

/// The class of a status in the style sheet: its own name, or "stopped" for whatever did not come to its end.
std::string kind_of(Status status);

/// The name of a test without the number of its task.
std::string title_of(const TestInfo& test);

/// Why a submission did not run: it cannot be read, or what the compiler said.
Html why_not_run(const Result& result);

/// "83 %", rounded to the nearest; "–" if there is nothing to have a share of.
std::string share_text(std::size_t part, std::size_t whole);

/// "0.16 s".
std::string seconds_text(double seconds);

/// "2 days 3 h", "3 h 20 min", "20 min": the two largest units, rounded up to minutes.
std::string duration_text(std::int64_t seconds);

/// "2026-12-01 14:59 UTC" of a moment as utc_text has it.
std::string moment_text(const std::string& utc);

}  // namespace grader
