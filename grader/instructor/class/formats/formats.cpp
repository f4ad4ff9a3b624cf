#include "class/formats/formats.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "class/formats/autolab.hpp"
#include "class/formats/canvas.hpp"
#include "class/formats/classroom50.hpp"
#include "class/formats/csv.hpp"
#include "class/formats/ctrf.hpp"
#include "class/formats/gradescope_json.hpp"
#include "class/formats/junit.hpp"
#include "class/formats/moodle.hpp"
#include "system/text.hpp"

namespace grader {

const std::vector<Format>& formats() {
  static const std::vector<Format> all = {
      {"csv", ".csv", csv, nullptr, nullptr},
      {"canvas", ".csv", canvas_csv, nullptr, canvas_knows},
      {"moodle", ".csv", moodle_csv, nullptr, moodle_knows},
      {"gradescope", ".json", nullptr, [](const Grade& grade) { return json_text(gradescope_json(grade)); }, nullptr},
      {"junit", ".xml", nullptr, junit_xml, nullptr},
      {"ctrf", ".json", nullptr, [](const Grade& grade) { return json_text(ctrf_json(grade)); }, nullptr},
      {"classroom50", ".json", nullptr, [](const Grade& grade) { return json_text(classroom50_json(grade)); }, nullptr},
      {"autolab", ".txt", nullptr, autolab_text, nullptr}};
  return all;
}

std::vector<Grade> known_grades(const Format& format, const std::vector<Grade>& grades) {
  std::vector<Grade> known;
  std::ranges::copy_if(grades, std::back_inserter(known),
                       [&](const Grade& grade) { return !format.knows || format.knows(grade.person); });
  if (known.empty() && !grades.empty()) {
    throw std::runtime_error(fmt::format(
        "{} finds students by id or e-mail address, and nobody has one here. Write a file with the columns "
        "name,id,email,folder and give it to the same ./course grade command with --roster FILE. Nothing is graded "
        "again.",
        format.name));
  }
  return known;
}

}  // namespace grader
