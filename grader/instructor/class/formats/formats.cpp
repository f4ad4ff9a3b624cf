#include "class/formats/formats.hpp"

#include <nlohmann/json.hpp>

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
