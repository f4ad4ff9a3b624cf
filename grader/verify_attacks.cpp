#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>

#include "judge.hpp"
#include "parallel.hpp"
#include "verify.hpp"

namespace grader {

namespace {

/// A hostile piece of code that is put in front of the reference, and what the judge must make of it.
struct Attack {
  std::string name;
  std::string code;
  unsigned points = 0;
  std::string test;    // the test that must have the status, or "every test"
  std::string status;  // "left", "timeout", ...
};

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Reads an attack, whose first line says "// Expect: POINTS points; TEST: STATUS".
Attack load_attack(const std::filesystem::path& path) {
  Attack attack{path.stem().string(), read_text(path), 0, "", ""};
  std::istringstream line(attack.code.substr(0, attack.code.find('\n')));
  std::string slashes, expect, word;
  line >> slashes >> expect >> attack.points >> word >> std::ws;
  std::getline(line, attack.test, ':');
  line >> attack.status;
  if (expect != "Expect:" || word != "points;" || attack.status.empty()) {
    throw std::runtime_error(path.string() + ": the first line must be '// Expect: POINTS points; TEST: STATUS'");
  }
  return attack;
}

Problems problems_of_attack(const Attack& attack, const Result& result) {
  Problems problems;
  if (result.points() != attack.points) {
    problems.push_back(fmt::format("{} has {} points, not {}", attack.name, result.points(), attack.points));
  }
  std::size_t concerned = 0;
  for (const TestResult& test : result.tests) {
    if (attack.test == "every test" || test.test.name == attack.test) {
      ++concerned;
      if (name_of(test.status) != attack.status) {
        problems.push_back(
            fmt::format("{}: '{}' is {}, not {}", attack.name, test.test.name, name_of(test.status), attack.status));
      }
    }
    if (test.output.find("FOUND") != std::string::npos) {
      problems.push_back(fmt::format("{}: '{}' found a secret: {}", attack.name, test.test.name, test.output));
    }
  }
  if (concerned == 0 || result.compiler_output.find("FOUND") != std::string::npos) {
    problems.push_back(fmt::format("{}: no test '{}', or the compiler saw a secret", attack.name, attack.test));
  }
  return problems;
}

}  // namespace

Problems verify_attacks(const Lab& lab) {
  std::vector<Attack> attacks;
  for (const auto& entry : std::filesystem::directory_iterator(lab.root / "grader" / "tests" / "attacks")) {
    attacks.push_back(load_attack(entry.path()));
  }
  std::random_device device;
  const Judge judge(lab, device(), Isolation::sandbox);
  const std::string solution = read_text(lab.solution() / lab.files.front());

  std::vector<Problems> problems(attacks.size());
  for_each_parallel(attacks.size(), [&](std::size_t i) {
    Submission submission;
    submission.student = attacks[i].name;
    submission.files[lab.files.front()] = attacks[i].code + solution;
    problems[i] = problems_of_attack(attacks[i], judge.grade(submission));
  });
  Problems all;
  for (const Problems& some : problems) {
    all.insert(all.end(), some.begin(), some.end());
  }
  fmt::print("{} attacks\n", attacks.size());
  return all;
}

}  // namespace grader
