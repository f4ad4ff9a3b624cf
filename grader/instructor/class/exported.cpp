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
  person.student = student_key(person.name + "_" + person.participant);
  return Exported{{person}, std::nullopt, "", false};
}

/// The name without the number that Canvas adds to a second try: "mlp-1.cpp" is mlp.cpp.
std::string without_try(const std::string& name) {
  static const std::regex form(R"((.+)-[0-9]+((\.tar)?\.[^.]+))");
  return std::regex_replace(name, form, "$1$2");
}

std::optional<Exported> from_canvas(const fs::path& entry) {
  static const std::regex form(R"(([^_]+)_(LATE_)?([0-9]+)_[0-9]+_(.+))");
  std::smatch parts;
  const std::string name = as_utf8(entry.filename());
  if (!std::regex_match(name, parts, form) || !fs::is_regular_file(fs::symlink_status(entry))) return std::nullopt;
  Person person;
  person.name = parts[1];
  person.student = student_key(person.name + "_" + parts[3].str());
  return Exported{{person}, std::nullopt, without_try(parts[4]), parts[2].matched};
}

/// The text of a key; empty if it is missing or null.
std::string text_at(const YAML::Node& node, const char* key) {
  const YAML::Node value = node[key];
  return value && value.IsScalar() ? value.Scalar() : "";
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
    person.student = student_key(person.name + (person.name.empty() || key.empty() ? "" : "_") + key);
    person.group = submitters.size() > 1 ? submission : "";
  }
  if (const YAML::Node created = fields[":created_at"]) {
    try {
      exported.time = utc_seconds(created.IsMap() ? text_at(created, "utc") : created.Scalar());
    } catch (const std::runtime_error& error) {
      throw std::runtime_error(fmt::format("has a wrong :created_at: {}", error.what()));
    }
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
    } else if (const auto loose = from_canvas(entry)) {
      all[name] = *loose;
    }
  }
  return all;
}

}  // namespace grader
