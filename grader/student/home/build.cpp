#include "home/build.hpp"

#include <fmt/format.h>
#include <fstream>
#include <vector>

#include "home/build_progress.hpp"
#include "home/compiler_report.hpp"
#include "system/file_lock.hpp"
#include "system/process.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr const char* build_folder = "build/check";
Outcome run_tool(const fs::path& root, std::vector<std::string> arguments, const std::string& what) {
  BuildProgress progress(what);
  Command command;
  command.watch = [&](const std::string& output) { progress.show(output); };
  command.arguments = std::move(arguments);
  command.folder = root;
  command.environment = {"LC_ALL=C.UTF-8"};  // errors are recognised by their English text
  command.wall_limit = std::chrono::hours(2);
  command.output_limit = 16 << 20;
  return run(command);
}

/// Was the build folder made for this path? A copied or moved repository contains the build folder of its old path.
bool is_configured(const fs::path& root) {
  std::ifstream cache(root / build_folder / "CMakeCache.txt");
  const std::string wanted = "CMAKE_HOME_DIRECTORY:INTERNAL=" + root.string();
  for (std::string line; std::getline(cache, line);) {
    if (line == wanted) {
      return fs::exists(root / build_folder / "build.ninja");
    }
  }
  return false;
}

}  // namespace

void configure(const fs::path& root, const std::vector<std::string>& options) {
  const bool ready = is_configured(root);
  if (ready && options.empty()) {
    return;
  }
  std::vector<std::string> cmake = {"cmake", "--preset", "check"};
  cmake.insert(cmake.end(), options.begin(), options.end());
  if (!ready) {
    cmake.emplace_back("--fresh");
  }
  const Outcome outcome = run_tool(root, cmake, "Preparing the build");
  if (!outcome.succeeded()) {
    throw BuildError(fmt::format("CMake cannot prepare {}:\n{}", build_folder, outcome.output));
  }
}

void build(const fs::path& root, const std::string& target) {
  const FileLock turn(root / "build" / "lock");
  configure(root);
  const Outcome outcome = run_tool(root, {"ninja", "-C", build_folder, target}, "Building " + target);
  keep_warnings(root / build_folder, outcome.output);
  if (outcome.succeeded()) {
    return;
  }
  if (contains(outcome.output, "unknown target")) {
    throw BuildError(fmt::format("there is no {} to build: the lab's CMakeLists.txt lists its programs", target));
  }
  std::ofstream(root / build_folder / "report.txt") << outcome.output;
  throw BuildError(fmt::format("{} does not build. The first error:\n\n{}\nThe full report: {}/report.txt", target,
                               first_error(outcome.output, root), build_folder));
}

std::vector<std::string> programs_of(const Lab& lab) {
  configure(lab.root);
  std::ifstream file(lab.root / build_folder / "labs" / lab.name / "programs.txt");
  std::vector<std::string> programs;
  for (std::string name; file >> name;) {
    programs.push_back(name);
  }
  return programs;
}

}  // namespace grader
