#include "class/formats/formats.hpp"

#include <nlohmann/json.hpp>

namespace grader {

namespace {

std::string text_of(const nlohmann::json& json) {
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace

const std::vector<Format>& formats() {
  static const std::vector<Format> all = {
      {"csv", ".csv", csv, nullptr},
      {"gradescope", ".json", nullptr, [](const Grade& grade) { return text_of(gradescope_json(grade)); }},
      {"junit", ".xml", nullptr, junit_xml},
      {"ctrf", ".json", nullptr, [](const Grade& grade) { return text_of(ctrf_json(grade)); }},
      {"classroom50", ".json", nullptr, [](const Grade& grade) { return text_of(classroom50_json(grade)); }},
      {"autolab", ".txt", nullptr, autolab_text}};
  return all;
}

}  // namespace grader
