#include "verify/verify_attacks.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <unistd.h>

#include "files/scratch_folder.hpp"
#include "judge/report.hpp"
#include "submission/submission.hpp"
#include "system/text.hpp"
#include "verify/hostile_class.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The expected status of a test; "" for any.
std::string wanted_status(const Attack& attack, const std::string& test) {
  const auto found = attack.status.find(test);
  if (found != attack.status.end()) {
    return found->second;
  }
  const auto others = attack.status.find("*");
  return others == attack.status.end() ? "" : others->second;
}

/// The differences between the result and attack.json.
Problems problems_of_attack(const Attack& attack, const Result& result) {
  Problems problems;
  const bool points_right = attack.points < 0 ? result.points() < result.max_points()
                                              : result.points() == static_cast<unsigned>(attack.points);
  if (!points_right) {
    problems.push_back(fmt::format("{} points, not {}", result.points(), attack.points));
  }
  for (const TestResult& test : result.tests) {
    const std::string wanted = wanted_status(attack, test.test.name);
    if (!wanted.empty() && name_of(test.status) != wanted) {
      problems.push_back(fmt::format("'{}' is {}, not {}: {} {}", test.test.name, name_of(test.status), wanted,
                                     fmt::join(test.messages, "; "), result.compiler_output));
    }
    if (contains(test.output, "FOUND")) {
      problems.push_back(fmt::format("'{}' contains a secret: {}", test.test.name, test.output));
    }
  }
  if (!contains(result.error, attack.error) || result.error.empty() != attack.error.empty()) {
    problems.push_back(fmt::format("the error is '{}'", result.error));
  }
  if (!attack.ignored.empty() &&
      std::ranges::none_of(result.ignored, [&](const std::string& name) { return contains(name, attack.ignored); })) {
    problems.push_back(fmt::format("ignored is '{}'", fmt::join(result.ignored, "', '")));
  }
  if (!contains(result.compiler_output, attack.compiler) || contains(result.compiler_output, "FOUND")) {
    problems.push_back(fmt::format("the compiler said '{}'", result.compiler_output));
  }
  for (std::string& problem : problems) {
    problem = attack.name + ": " + problem;
  }
  return problems;
}

/// Documents for the instructor must be text without control characters and secrets, and without HTML outside of code
/// blocks.
Problems problems_of_document(const std::string& name, const std::string& text, const std::string& canary) {
  Problems problems;
  if (inert(text, text.size()) != text) {
    problems.push_back(name + " contains control characters, or is not UTF-8");
  }
  if (name.ends_with(".json") && contains(text, "\\u00")) {
    problems.push_back(name + " contains control characters in its texts");
  }
  if (contains(text, canary) || contains(text, "root:x:")) {
    problems.push_back(name + " contains a secret");
  }
  if (!name.ends_with(".md")) {
    return problems;
  }
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);  // the page's own heading
  for (std::string fence; std::getline(lines, line);) {
    if (fence.empty() && line.starts_with("```")) {
      fence = line;
    } else if (line == fence) {
      fence.clear();
    } else if (fence.empty() && (contains(line, "<") || line.starts_with("# "))) {
      problems.push_back(fmt::format("{} contains markup: {}", name, line));
    }
  }
  return problems;
}

/// Everything that is left on the machine after grading.
Problems problems_left_behind(const fs::path& scratch) {
  Problems problems;
  for (const fs::path& folder : {scratch / "tmp", fs::path("/tmp"), fs::path("/dev/shm"), fs::path("/var/tmp")}) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      const std::string name = entry.path().filename().string();
      if (folder == scratch / "tmp" || name == "left-by-an-attack" || name == "left-by-an-attack-too" ||
          name.starts_with("fill-")) {
        problems.push_back(entry.path().string() + " is left behind");
      }
    }
  }
  // A process that `course grade` left behind is our child now
  std::ifstream children(fmt::format("/proc/self/task/{}/children", getpid()));
  for (std::string process; children >> process;) {
    std::ifstream stat("/proc/" + process + "/stat");
    std::string about;
    std::getline(stat, about);
    problems.push_back("a process is left behind: " + about);
  }
  std::ifstream mounts("/proc/self/mountinfo");
  for (std::string line; std::getline(mounts, line);) {
    if (contains(line, scratch.string())) {
      problems.push_back("a mount is left behind: " + line);
    }
  }
  return problems;
}

/// The honest students must have the same results with and without the attacks.
Problems problems_of_class(const std::vector<fs::path>& honest, const Grading& with, const Grading& without) {
  Problems problems;
  for (const fs::path& submission : honest) {
    const std::string student = student_of(submission);
    const auto a = with.results.find(student);
    const auto b = without.results.find(student);
    if (a == with.results.end() || b == without.results.end()) {
      problems.push_back(student + " has no result");
    } else if (to_json(without_times(a->second)).dump() != to_json(without_times(b->second)).dump()) {
      problems.push_back(fmt::format("{} has {} points with the attacks and {} without, or a different report", student,
                                     a->second.points(), b->second.points()));
    } else if (report(a->second) != report(b->second)) {
      problems.push_back(student + " has a different page with the attacks than without");
    }
  }
  return problems;
}

}  // namespace

Problems verify_attacks(const Lab& lab) {
  const nn::ScratchFolder scratch;
  fs::permissions(scratch.path(), fs::perms(0755));
  const std::uint64_t seed = std::random_device{}();
  const std::string canary = fmt::format("canary-{:016x}{:08x}", seed * 0x9e3779b97f4a7c15, std::random_device{}());

  // Make the submissions of the attacks and of a class
  const std::vector<Attack> attacks = load_attacks(lab.root / "grader" / "tests" / "attacks");
  const std::vector<fs::path> honest = make_class(lab, scratch.path() / "class");
  std::vector<fs::path> all = honest;
  std::vector<fs::path> hostile;
  for (const Attack& attack : attacks) {
    hostile.push_back(make_submission(attack, lab, scratch.path() / "attacks" / attack.name));
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(std::min(hostile.size() * 2, all.size())), hostile.back());
  }

  // Grade all of them together, then the class alone
  const Grading together = grade_as_instructor(lab, all, scratch.path() / "together", canary, seed);
  Problems problems = problems_left_behind(scratch.path() / "together");
  const Grading alone = grade_as_instructor(lab, honest, scratch.path() / "alone", canary, seed);

  // Check that nobody got points without earning them, saw a secret, or left anything behind
  append(problems, problems_of_class(honest, together, alone));
  for (std::size_t i = 0; i < attacks.size(); ++i) {
    const auto result = together.results.find(student_of(hostile[i]));
    append(problems, result == together.results.end() ? Problems{attacks[i].name + " has no result"}
                                                      : problems_of_attack(attacks[i], result->second));
  }
  for (const auto& [name, text] : together.documents) {
    append(problems, problems_of_document(name, text, canary));
  }
  append(problems, problems_of_document("what course grade prints", together.output, canary));
  fmt::print("{} attacks in a class of {}\n", attacks.size(), honest.size());
  return problems;
}

}  // namespace grader
