#include "lab/lab.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "lab/lab_limits.hpp"
#include "lab/suggest.hpp"
#include "system/process.hpp"

namespace grader {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// Is this the name of a lab's folder: two digits, an underscore, a word?
bool is_lab_name(const std::string& name) {
  const auto digit = [&](std::size_t i) { return name[i] >= '0' && name[i] <= '9'; };
  return name.size() > 3 && digit(0) && digit(1) && name[2] == '_';
}

/// The value of a key, or an error that names the file, the key and the expected value.
template <class T>
T field(const json& object, const std::string& key, const std::string& file, const std::string& wanted) {
  try {
    return object.at(key).get<T>();
  } catch (const json::exception&) {
    throw std::runtime_error(fmt::format("{}: \"{}\" must be {}", file, key, wanted));
  }
}

/// Throws for unknown keys: a misspelt key would be ignored.
void check_keys(const json& document, const std::string& file) {
  static const std::vector<std::string> keys{"title", "summary", "week", "files", "hints", "limits"};
  for (const auto& [key, value] : document.items()) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      throw std::runtime_error(fmt::format("{} has an unknown key \"{}\".{} The keys: {}", file, key,
                                           did_you_mean(key, keys), fmt::join(keys, ", ")));
    }
  }
}

/// Checks that a file that the student edits is inside the lab's folder.
void check_stays_inside(const fs::path& path, const std::string& file) {
  const bool climbs = std::find(path.begin(), path.end(), "..") != path.end();
  if (path.empty() || path.is_absolute() || climbs) {
    throw std::runtime_error(fmt::format("{}: \"files\" lists '{}', which is not inside the lab", file, path.string()));
  }
}

Lab load_lab(const fs::path& root, const std::string& name) {
  const std::string file = "labs/" + name + "/lab.json";
  json document;
  try {
    std::ifstream in(root / file);
    document = json::parse(in);
  } catch (const json::parse_error& error) {
    throw std::runtime_error(fmt::format("{} is not JSON (at byte {})", file, error.byte));
  }

  check_keys(document, file);
  Lab lab;
  lab.name = name;
  lab.root = root;
  lab.title = field<std::string>(document, "title", file, "a text");
  lab.week = field<int>(document, "week", file, "a whole number");
  lab.files = field<std::vector<std::string>>(document, "files", file, "a list of file names");
  if (document.contains("hints")) {
    lab.hints =
        field<decltype(lab.hints)>(document, "hints", file, "lists of texts by task, such as {\"2.1\": [\"...\"]}");
  }
  if (document.contains("limits")) {
    read_limits(lab, document["limits"], file);
  }
  if (lab.files.empty()) {
    throw std::runtime_error(file + ": \"files\" must name at least one file");
  }
  for (const std::string& path : lab.files) {
    check_stays_inside(path, file);
  }
  return lab;
}

/// The tests in a test program's list: lines of points, suite and name, separated by tabs. Nothing if a line has
/// another form, or if there are no lines.
std::optional<std::vector<TestInfo>> parse_tests(const std::string& output) {
  std::vector<TestInfo> tests;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t suite = line.find('\t') + 1;
    const std::size_t name = line.find('\t', suite) + 1;
    unsigned points = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), points);
    if (error != std::errc() || *end != '\t' || name == 0) {
      return std::nullopt;
    }
    tests.push_back({line.substr(name), points, line.substr(suite, name - suite - 1)});
  }
  return tests.empty() ? std::nullopt : std::optional(tests);
}

/// Do these name the same lab? "02_mlp", "02", "2" and "mlp" do.
bool answers_to(const std::string& name, const std::string& called) {
  const bool number = name[0] == '0' && called == name.substr(1, 1);
  return called == name || called == name.substr(0, 2) || called == name.substr(3) || number;
}

}  // namespace

fs::path Lab::program(const std::string& variant, const std::string& program_name) const {
  const char* build = std::getenv("COURSE_BUILD");
  const fs::path folder = build != nullptr ? fs::path(build) : root / "build" / "check";
  return folder / "labs" / name / variant / program_name;
}

fs::path Lab::mistake_source(const std::string& id) const { return program("mistake." + id, "source"); }

std::string Lab::target(const std::string& variant, const std::string& program_name) const {
  return name + "." + variant + "." + program_name;
}

std::vector<Lab> load_labs(const fs::path& root) {
  if (!fs::is_directory(root / "labs")) {
    throw std::runtime_error(
        fmt::format("'{}' has no labs/ folder, so it is not the repository of the course", root.string()));
  }
  std::vector<Lab> labs;
  for (const fs::directory_entry& entry : fs::directory_iterator(root / "labs")) {
    const std::string name = entry.path().filename().string();
    if (is_lab_name(name) && fs::exists(entry.path() / "lab.json")) {
      labs.push_back(load_lab(root, name));
    }
  }
  std::sort(labs.begin(), labs.end(), [](const Lab& a, const Lab& b) { return a.name < b.name; });
  return labs;
}

Lab find_lab(const fs::path& root, const std::string& called) {
  std::vector<std::string> names;
  std::vector<std::string> words;
  for (Lab& lab : load_labs(root)) {
    if (answers_to(lab.name, called)) {
      return std::move(lab);
    }
    names.push_back(lab.name);
    words.insert(words.end(), {lab.name, lab.name.substr(3)});
  }
  throw std::runtime_error(
      fmt::format("there is no lab '{}'.{} The labs: {}", called, did_you_mean(called, words), fmt::join(names, ", ")));
}

std::vector<TestInfo> list_tests(const fs::path& program) {
  Command command;
  command.arguments = {program.string(), "--list"};
  command.wall_limit = std::chrono::seconds(20);
  const Outcome outcome = run(command);
  if (const auto tests = outcome.succeeded() ? parse_tests(outcome.output) : std::nullopt) {
    return *tests;
  }
  throw std::runtime_error(
      fmt::format("{} did not list its tests. Code that runs before main, such as the constructor of a global "
                  "variable, may have ended the program or printed something.\n{}",
                  program.filename().string(), outcome.output.substr(0, 1000)));
}

}  // namespace grader
