#include "class/formats/csv.hpp"

#include <fmt/format.h>

#include "files/csv.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

constexpr std::size_t max_cell = 500;

}  // namespace

std::string safe_cell(const std::string& text) {
  std::string safe = inert(text, max_cell);
  if (!safe.empty() && std::string_view("=+-@\t").find(safe.front()) != std::string_view::npos) {
    safe.insert(0, "'");
  }
  return nn::csv_cell(safe);
}

std::string csv(const std::vector<Grade>& grades) {
  std::string text =
      "student,lab,submitted_at,attempts,points,max_points,penalty_percent,override,reason,author,score,remark,name,id,"
      "email,group\r\n";
  for (const Grade& grade : grades) {
    const Override none;
    const Override& override = grade.override ? *grade.override : none;
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", safe_cell(grade.result.student),
                        safe_cell(grade.result.lab), safe_cell(grade.submitted_at), grade.attempts,
                        grade.result.points(), grade.result.max_points(), score_text(grade.penalty_percent),
                        grade.override ? score_text(override.score) : "", safe_cell(override.reason),
                        safe_cell(override.author), score_text(grade.score), safe_cell(grade.result.error),
                        safe_cell(grade.person.name), safe_cell(grade.person.id), safe_cell(grade.person.email),
                        safe_cell(grade.person.group));
  }
  return text;
}

}  // namespace grader
