#include "home/doctor.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <sys/utsname.h>
#include <system_error>
#include <thread>

#include "datasets/catalogue.hpp"
#include "home/cmake_cache.hpp"
#include "lab/version.hpp"
#include "system/process.hpp"
#include "system/terminal.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr double gibibyte = 1 << 30;
constexpr double least_space = 3;  // gibibytes: what all labs take when they are built

/// What a program prints; nothing if it is not there or fails.
std::optional<std::string> output_of(std::vector<std::string> arguments) {
  Command command;
  command.arguments = std::move(arguments);
  command.wall_limit = std::chrono::seconds(20);
  try {
    const Outcome outcome = run(command);
    return outcome.succeeded() ? std::optional(outcome.output) : std::nullopt;
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

/// The value of "NAME=value" or "NAME: value" in a file.
std::string value_in(const fs::path& path, const std::string& name, char sign) {
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(name) && line.find(sign) != std::string::npos) {
      std::string value = line.substr(line.find(sign) + 1);
      std::erase(value, '"');
      return value.substr(std::min(value.find_first_not_of(" \t"), value.size()));
    }
  }
  return "";
}

Finding system_found() {
  utsname name{};
  uname(&name);
  const std::string kernel = name.release;
  const bool windows = contains(kernel, "microsoft") || contains(kernel, "Microsoft");
  return {"system",
          fmt::format("{}, {}, Linux {}{}", value_in("/etc/os-release", "PRETTY_NAME", '='), name.machine, kernel,
                      windows ? " (WSL)" : ""),
          ""};
}

Finding machine_found() {
  const double kibibytes = std::atof(value_in("/proc/meminfo", "MemTotal", ':').c_str());
  return {"machine",
          fmt::format("{}, {}, {:.1f} GiB of memory", value_in("/proc/cpuinfo", "model name", ':'),
                      counted(std::thread::hardware_concurrency(), "core"), kibibytes / (1 << 20)),
          ""};
}

Finding tool_found(const std::string& what, const std::string& program, const std::string& remedy, bool needed) {
  const auto output = output_of({program, "--version"});
  return {what, output ? version_in(*output) : "missing", output ? "" : remedy, needed};
}

std::vector<Finding> libraries_found(const fs::path& root) {
  const std::string identity = cached_value(root, "OPENBLAS_IDENTITY");
  const std::string xtensor = cached_value(root, "xtensor_DIR");
  const std::string header = "/usr/include/xtensor/xtensor_config.hpp";
  std::string version;
  for (const char* part : {"MAJOR", "MINOR", "PATCH"}) {
    const std::string value = value_in(header, fmt::format("#define XTENSOR_VERSION_{}", part), ' ');
    version += (version.empty() ? "" : ".") + value.substr(value.rfind(' ') + 1);
  }
  return {{"xtensor", xtensor.empty() ? "not found" : version, xtensor.empty() ? "./course" : ""},
          {"OpenBLAS", identity.empty() ? "not found" : identity, identity.empty() ? "./course" : ""}};
}

Finding sandbox_found() {
  Command command;
  command.arguments = {"bwrap", "--ro-bind", "/", "/", "--unshare-all", "true"};
  std::string state = "bubblewrap is missing";
  try {
    const Outcome outcome = run(command);
    state = outcome.succeeded() ? "works" : "is refused: " + outcome.output.substr(0, outcome.output.find('\n'));
  } catch (const std::system_error&) {
  }
  return {"sandbox", state, state == "works" ? "" : "only those who grade need it", false};
}

Finding fonts_found() {
  const auto font = output_of({"fc-match", "--format=%{family}", "DejaVu Sans"});
  const bool here = (font && contains(*font, "DejaVu")) || fs::exists("/usr/share/fonts/truetype/dejavu");
  return {"fonts", here ? "DejaVu" : "DejaVu is missing: pictures lack letters",
          here ? "" : "sudo apt-get install fonts-dejavu-core", false};
}

Finding space_found(const fs::path& root) {
  const double free = static_cast<double>(fs::space(root).available) / gibibyte;
  return {"disk space", fmt::format("{:.1f} GiB free", free),
          free < least_space ? fmt::format("keep {:g} GiB free", least_space) : "", false};
}

Finding data_found(const fs::path& root) {
  std::vector<std::string> here;
  for (const nn::Dataset& dataset : nn::load_catalogue(root / "datasets" / "catalogue.json")) {
    if (nn::find_dataset(dataset, nn::data_folders(root))) {
      here.push_back(dataset.name);
    }
  }
  return {"data sets", here.empty() ? "none; the labs draw their own" : fmt::format("{}", fmt::join(here, ", ")), ""};
}

Finding packages_found(const fs::path& root) {
  const std::vector<std::string> missing = missing_packages(root / "cmake" / "packages.txt");
  return {"packages", missing.empty() ? "all are here" : fmt::format("missing: {}", fmt::join(missing, " ")),
          missing.empty() ? "" : fmt::format("sudo apt-get install {}", fmt::join(missing, " "))};
}

}  // namespace

std::string version_in(const std::string& text) {
  // The first run of digits and dots that has a digit on each side of a dot
  std::size_t end = 0;
  for (std::size_t begin; (begin = text.find_first_of("0123456789", end)) != std::string::npos;) {
    end = std::min(text.find_first_not_of("0123456789.", begin), text.size());
    const std::size_t last_digit = text.find_last_of("0123456789", end - 1);
    const std::string version = text.substr(begin, last_digit + 1 - begin);
    if (version.find('.') != std::string::npos) return version;
  }
  return "";
}

std::vector<std::string> missing_packages(const fs::path& list) {
  std::vector<std::string> wanted;
  std::ifstream in(list);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') {
      wanted.push_back(line);
    }
  }
  Command command;
  command.arguments = {"dpkg-query", "-W", "-f=${db:Status-Status} ${Package}\n"};
  command.arguments.insert(command.arguments.end(), wanted.begin(), wanted.end());
  std::set<std::string> installed;
  try {
    std::istringstream lines(run(command).output);
    for (std::string status, name; lines >> status && std::getline(lines >> std::ws, name);) {
      if (status == "installed") {
        installed.insert(name);
      }
    }
  } catch (const std::system_error&) {
    return {};  // another distribution
  }
  std::erase_if(wanted, [&](const std::string& name) { return installed.contains(name); });
  return wanted;
}

std::vector<Finding> examine(const fs::path& root) {
  std::vector<Finding> findings = {{"course", course_version(root).empty() ? "not in git" : course_version(root), ""},
                                   system_found(),
                                   machine_found()};
  const std::string install = "sudo apt-get install ";
  findings.push_back(tool_found("g++", "g++", install + "g++", true));
  findings.push_back(tool_found("cmake", "cmake", install + "cmake", true));
  findings.push_back(tool_found("ninja", "ninja", install + "ninja-build", true));
  findings.push_back(tool_found("ccache", "ccache", install + "ccache (builds again in less time)", false));
  findings.push_back(tool_found("mold", "mold", install + "mold (links in less time)", false));
  std::ranges::move(libraries_found(root), std::back_inserter(findings));
  findings.push_back(packages_found(root));
  findings.push_back(sandbox_found());
  findings.push_back(fonts_found());
  findings.push_back(space_found(root));
  findings.push_back(data_found(root));
  const char* earlier = std::getenv("OPENBLAS_CORETYPE");
  if (earlier != nullptr) {
    findings.push_back({"OPENBLAS_CORETYPE", earlier, ""});
  }
  return findings;
}

}  // namespace grader
