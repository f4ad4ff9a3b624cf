#include "home/manifest.hpp"

#include <nlohmann/json.hpp>

#include "lab/version.hpp"
#include "system/sha256.hpp"
#include "system/text.hpp"
#include "system/utc.hpp"

namespace grader {

std::string manifest(const Lab& lab, const std::map<std::string, std::string>& files, const LabProgress& progress) {
  nlohmann::json document = {{"lab", lab.name}, {"time", utc_text(utc_now())}, {"files", nlohmann::json::array()}};
  for (const auto& [name, content] : files) {
    document["files"].push_back({{"name", name}, {"sha256", sha256(content)}});
  }
  if (const std::string version = course_version(lab.root); !version.empty()) {
    document["course_version"] = version;
  }
  if (progress.is_current(fingerprint(lab))) {
    document["points_at_home"] = progress.points();
  }
  return json_text(document);
}

}  // namespace grader
