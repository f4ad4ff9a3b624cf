#include "class/exported.hpp"

#include <fmt/format.h>
#include <regex>
#include <stdexcept>
#include <yaml-cpp/yaml.h>

#include "submission/submission.hpp"
#include "system/text.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr const char* gradescope_metadata = "submission_metadata.yml";

std::optional<Exported> from_moodle(const std::string& entry) {
  static const std::regex form(R"((.+)_([0-9]+)_assignsubmission_(file|onlinetext)(_.*)?)");
  std::smatch parts;
  const std::string name = as_utf8(entry);
  if (!std::regex_match(name, parts, form)) return std::nullopt;
  Person person;
  person.name = parts[1];
  person.participant = parts[2];
  person.student = student_of(person.name + "_" + person.participant);
  return Exported{{person}, std::nullopt};
}

/// The text of a key; empty if it is missing or null.
std::string text_at(const YAML::Node& node, const char* key) {
  const YAML::Node value = node[key];
  return value && value.IsScalar() ? value.Scalar() : "";
}

/// The moment of "2026-11-20 10:00:00.123456000 +09:00", whose zone may also be "Z" or "UTC".
std::int64_t moment_of(const std::string& text) {
  static const std::regex form(R"(([0-9-]{10})[ T]([0-9:]{8})(\.[0-9]+)? *(Z|UTC|[+-][0-9]{2}:?[0-9]{2}))");
  std::smatch parts;
  if (!std::regex_match(text, parts, form)) throw std::runtime_error("has no time that can be read: " + text);
  std::string zone = parts[4];
  if (zone == "UTC") zone = "Z";
  if (zone.size() == 5) zone.insert(3, ":");
  return utc_seconds(parts[1].str() + "T" + parts[2].str() + zone);
}

Exported from_gradescope(const std::string& submission, const YAML::Node& fields) {
  Exported exported;
  const YAML::Node submitters = fields.IsMap() ? fields[":submitters"] : YAML::Node();
  if (!submitters || !submitters.IsSequence() || submitters.size() == 0) throw std::runtime_error("has no :submitters");
  for (const YAML::Node& submitter : submitters) {
    Person& person = exported.submitters.emplace_back();
    if (!submitter.IsMap()) throw std::runtime_error("has a submitter without :name");
    person.name = text_at(submitter, ":name");
    person.id = text_at(submitter, ":sid");
    person.email = text_at(submitter, ":email");
    const std::string& key = person.id.empty() ? person.email : person.id;
    if (person.name.empty() && key.empty()) throw std::runtime_error("has a submitter without :name");
    person.student = student_of(person.name + (person.name.empty() || key.empty() ? "" : "_") + key);
    person.group = submitters.size() > 1 ? submission : "";
  }
  if (const YAML::Node created = fields[":created_at"]) {
    exported.time = moment_of(created.IsMap() ? text_at(created, "utc") : created.Scalar());
  }
  return exported;
}

void read_gradescope(const fs::path& file, std::map<std::string, Exported>& entries) {
  std::string at = "the file";
  try {
    const YAML::Node submissions = YAML::LoadFile(file.string());
    if (!submissions.IsMap()) throw std::runtime_error("is not the metadata of Gradescope");
    for (const auto& submission : submissions) {
      at = submission.first.Scalar();
      entries[at] = from_gradescope(at, submission.second);
    }
  } catch (const std::runtime_error& error) {  // YAML::Exception is one
    throw std::runtime_error(
        fmt::format("{}: {} {}. Export the submissions again, or move the file away and name the "
                    "students with --roster.",
                    file.string(), inert(at, 100), inert(error.what(), 300)));
  }
}

}  // namespace

std::map<std::string, Exported> exported_entries(const std::vector<fs::path>& entries) {
  std::map<std::string, Exported> all;
  for (const fs::path& entry : entries) {
    const std::string name = entry.filename();
    if (name == gradescope_metadata) {
      read_gradescope(entry, all);
    } else if (const auto exported = from_moodle(name)) {
      all[name] = *exported;
    }
  }
  return all;
}

}  // namespace grader
