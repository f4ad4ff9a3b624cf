#include "verify/attack.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "files/whole_file.hpp"
#include "system/process.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

Attack load_attack(const fs::path& folder) {
  Attack attack;
  attack.name = folder.filename().string();
  attack.folder = folder;
  const fs::path file = folder / "attack.json";
  try {
    const nlohmann::json fields = nlohmann::json::parse(nn::read_whole(file));
    attack.note = fields.at("note");
    attack.points = fields.value("points", -1);
    attack.status = fields.value("status", attack.status);
    attack.base = fields.value("base", "");
    attack.error = fields.value("error", "");
    attack.ignored = fields.value("ignored", "");
    attack.compiler = fields.value("compiler", "");
  } catch (const nlohmann::json::exception& error) {
    throw std::runtime_error(fmt::format("{}: {}", file.string(), error.what()));
  }
  return attack;
}

/// The text with the headers of the attacks' folder inserted where they are included, because only one file is handed
/// in.
std::string with_headers(std::string text, const fs::path& folder) {
  for (const char* header : {"attack.hpp", "every_function.hpp"}) {
    const std::string line = fmt::format("#include \"{}\"\n", header);
    if (const std::size_t place = text.find(line); place != std::string::npos) {
      text.replace(place, line.size(),
                   nn::read_whole(folder / header).substr(std::string_view("#pragma once\n").size()));
    }
  }
  return text;
}

/// The file of the base; "" for none.
std::string base_of(const Attack& attack, const Lab& lab) {
  if (attack.base == "none") {
    return "";
  }
  if (attack.base != "solution" && attack.base != "starter") {
    throw std::runtime_error(attack.folder.string() + "/attack.json: \"base\" must be solution, starter or none");
  }
  return nn::read_whole((attack.base == "solution" ? lab.solution() : lab.starter()) / lab.files.front());
}

/// Runs the script in the folder, and returns what it made there.
fs::path made_by_script(const fs::path& script, const Attack& attack, const Lab& lab, const fs::path& folder) {
  Command command;
  command.arguments = {script.extension() == ".py" ? "/usr/bin/python3" : "sh", script.string()};
  command.folder = folder;
  command.wall_limit = std::chrono::minutes(10);
  command.environment = {"name=" + attack.name,
                         "solution=" + lab.solution().string(),
                         "starter=" + lab.starter().string(),
                         "attacks=" + attack.folder.parent_path().string(),
                         "PYTHONPATH=" + attack.folder.parent_path().string(),
                         "PYTHONDONTWRITEBYTECODE=1"};
  const Outcome outcome = run(command);
  const std::vector<fs::path> made{fs::directory_iterator(folder), fs::directory_iterator()};
  if (!outcome.succeeded() || made.size() != 1) {
    throw std::runtime_error(fmt::format("{} must make exactly one file or folder, but made {}:\n{}", script.string(),
                                         made.size(), outcome.output));
  }
  return made.front();
}

}  // namespace

std::vector<Attack> load_attacks(const fs::path& folder) {
  std::vector<Attack> attacks;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) {
      attacks.push_back(load_attack(entry.path()));
    }
  }
  std::ranges::sort(attacks, {}, &Attack::name);
  return attacks;
}

fs::path make_submission(const Attack& attack, const Lab& lab, const fs::path& folder) {
  fs::create_directories(folder);
  for (const char* script : {"make.sh", "make.py"}) {
    if (fs::exists(attack.folder / script)) {
      return made_by_script(attack.folder / script, attack, lab, folder);
    }
  }
  const fs::path submission = folder / attack.name;
  fs::create_directories(submission);
  std::ofstream(submission / lab.files.front(), std::ios::binary)
      << with_headers(nn::read_whole(attack.folder / "attack.cpp"), attack.folder.parent_path())
      << base_of(attack, lab);
  return submission;
}

}  // namespace grader
