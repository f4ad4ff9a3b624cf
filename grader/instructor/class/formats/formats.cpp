#include "class/formats/formats.hpp"

#include <nlohmann/json.hpp>

#include "class/formats/autolab.hpp"
#include "class/formats/classroom50.hpp"
#include "class/formats/csv.hpp"
#include "class/formats/ctrf.hpp"
#include "class/formats/gradescope_json.hpp"
#include "class/formats/junit.hpp"
#include "system/text.hpp"

namespace grader {

const std::vector<Format>& formats() {
  static const std::vector<Format> all = {
      {"csv", ".csv", csv, nullptr},
      {"gradescope", ".json", nullptr, [](const Grade& grade) { return json_text(gradescope_json(grade)); }},
      {"junit", ".xml", nullptr, junit_xml},
      {"ctrf", ".json", nullptr, [](const Grade& grade) { return json_text(ctrf_json(grade)); }},
      {"classroom50", ".json", nullptr, [](const Grade& grade) { return json_text(classroom50_json(grade)); }},
      {"autolab", ".txt", nullptr, autolab_text}};
  return all;
}

}  // namespace grader
