#include "judge/harness.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace grader {

namespace {

std::filesystem::path harness_file(const Lab& lab) {
  return lab.program("solution", "tests").parent_path().parent_path() / "harness.json";
}

}  // namespace

Harness load_harness(const Lab& lab) {
  std::ifstream file(harness_file(lab));
  if (!file) {
    throw std::runtime_error("lab " + lab.name + " has not been built: run ./course check " + lab.number());
  }
  const nlohmann::json fields = nlohmann::json::parse(file);
  const auto list = [&](const char* key) {
    auto items = fields.at(key).get<std::vector<std::string>>();
    std::erase_if(items, [](const std::string& item) { return item.empty() || item == "/usr/include"; });
    return items;
  };
  return {fields.at("compiler"),           list("flags"),        list("link_flags"), list("includes"),
          fields.at("precompiled_header"), list("test_objects"), list("libraries"),  list("sources")};
}

std::vector<std::string> linked_solutions(const Harness& harness, const Lab& lab) {
  std::set<std::string> labs;
  for (const std::filesystem::path source : harness.sources) {
    if (*source.begin() == "solutions") labs.insert(source.parent_path().filename());
  }
  labs.erase(lab.name);
  return {labs.begin(), labs.end()};
}

std::vector<std::string> compile_command(const Harness& harness, const std::vector<std::string>& sources,
                                         const std::string& output) {
  std::vector<std::string> command{harness.compiler};
  const auto append = [&](const std::vector<std::string>& more) {
    command.insert(command.end(), more.begin(), more.end());
  };
  append(harness.flags);
  append(harness.link_flags);
  append({"-fmax-errors=20"});
  for (const std::string& folder : harness.includes) {
    append({"-I", folder});
  }
  append({"-include", harness.precompiled_header});
  append(sources);
  append(harness.test_objects);
  append({"-Wl,--start-group"});
  append(harness.libraries);
  append({"-Wl,--end-group", "-o", output});
  return command;
}

std::vector<Mount> compile_mounts(const Harness& harness, const Lab& lab) {
  std::vector<Mount> mounts;
  const auto add = [&](const std::filesystem::path& path) { mounts.push_back({path, path, false}); };

  // Mount the whole folder common, but only the headers of labs and datasets: other people's work is next to them
  add(lab.root / "common");
  for (const std::filesystem::path& folder : {lab.root / "labs", lab.root / "datasets"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".hpp") {
        add(entry.path());
      }
    }
  }
  add(std::filesystem::path(harness.precompiled_header).parent_path());

  // Mount the linked files one by one: the reference and the mistakes are in the same build folder
  for (const auto& files : {harness.test_objects, harness.libraries}) {
    for (const std::string& file : files) {
      if (!file.starts_with("/usr/")) {
        add(file);
      }
    }
  }
  return mounts;
}

}  // namespace grader
