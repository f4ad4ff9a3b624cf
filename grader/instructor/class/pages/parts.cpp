#include "class/pages/parts.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace grader {

namespace {

std::string id_of(std::string heading) {
  std::ranges::replace(heading, ' ', '-');
  return heading;
}

}  // namespace

Html section(const Part& part) {
  const Html heading = element("h2", {{"id", id_of(part.heading)}}, {part.heading});
  return part.html.empty() ? Html() : element("section", {heading, part.html});
}

Html contents(const std::vector<Part>& parts) {
  Html items;
  for (const Part& part : parts) {
    if (!part.html.empty()) {
      items += element("li", {element("a", {{"href", "#" + id_of(part.heading)}}, {part.heading})});
    }
  }
  return element("nav", {{"aria-label", "On this page"}}, {element("ul", {items})});
}

Html notice(const std::string& words) { return element("p", {{"class", "notice"}}, {words}); }

Html table(const std::string& kind, const std::vector<Column>& columns, const Html& body) {
  Html headings;
  for (const Column& column : columns) {
    headings +=
        element("th", {{"scope", "col"}, {"class", column.kind == Of::numbers ? "number" : "words"}}, {column.heading});
  }
  const Html whole = element("table", {{"class", kind}}, {element("thead", {element("tr", {headings})}), body});
  return element("div", {{"class", "scroll"}}, {whole});
}

Html cell(const std::string& kind, std::initializer_list<Html> parts) {
  return element("td", {{"class", kind}}, parts);
}

Html bar(const std::vector<BarPart>& parts) {
  std::size_t whole = 0;
  for (const BarPart& part : parts) {
    whole += part.amount;
  }
  Html html;
  for (const BarPart& part : parts) {
    if (part.amount > 0) {
      const double percent = 100.0 * static_cast<double>(part.amount) / static_cast<double>(whole);
      html += element("span", {{"class", part.kind}, {"style", fmt::format("width:{:.2f}%", percent)}}, {});
    }
  }
  return element("div", {{"class", "bar"}, {"aria-hidden", "true"}}, {html});
}

Html key_item(const std::string& kind, const std::string& words) {
  return element("li", {element("span", {{"class", kind}}, {}), words});
}

std::string kind_of(Status status) {
  switch (status) {
    case Status::passed:
      return "passed";
    case Status::failed:
      return "failed";
    case Status::todo:
      return "todo";
    case Status::not_built:
      return "not-built";
    case Status::crashed:
    case Status::timeout:
    case Status::left:
      return "stopped";
  }
  return "";
}

std::string title_of(const TestInfo& test) {
  const std::size_t space = test.name.find(' ');
  return space == std::string::npos ? test.name : test.name.substr(space + 1);
}

Html why_not_run(const Result& result) {
  if (!result.error.empty()) {
    return result.error;
  }
  Html html = "It does not compile.";
  html +=
      element("details", {element("summary", {"What the compiler said"}), element("pre", {result.compiler_output})});
  return html;
}

std::string share_text(std::size_t part, std::size_t whole) {
  return whole == 0 ? "–" : fmt::format("{:.0f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string seconds_text(double seconds) { return fmt::format("{:.2f} s", seconds); }

std::string duration_text(std::int64_t seconds) {
  const std::int64_t minutes = (seconds + 59) / 60;
  const std::int64_t hours = minutes / 60;
  const std::int64_t days = hours / 24;
  if (days > 0) {
    const std::string rest = hours % 24 > 0 ? fmt::format(" {} h", hours % 24) : "";
    return count_text(static_cast<std::size_t>(days), "day", "days") + rest;
  }
  if (hours > 0) {
    return fmt::format("{} h", hours) + (minutes % 60 > 0 ? fmt::format(" {} min", minutes % 60) : "");
  }
  return fmt::format("{} min", minutes);
}

std::string moment_text(const std::string& utc) {
  constexpr std::size_t date = 10;
  constexpr std::size_t minute = 16;
  return utc.size() < minute ? utc
                             : fmt::format("{} {} UTC", utc.substr(0, date), utc.substr(date + 1, minute - date - 1));
}

}  // namespace grader
