#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "lab/lab.hpp"

namespace grader {

/// A hostile submission of grader/tests/attacks/NAME/, and what the judge must make of it. attack.json says:
///
///     {"note": "Ends the program with success before main.",
///      "points": 97,                                             left out where the attack earns as its code is right
///      "status": {"*": "passed", "2.7 sgd_step": "timeout"},     of each test; "*" stands for the others
///      "base": "solution", ...}
///
/// Beside it lies either attack.cpp, a text that is put in front of the file that the base hands in ("solution",
/// "starter" or "none"), or make.sh or make.py, which makes the one file or folder to hand in, in the folder where it
/// runs; it finds the attack's name in $name, and the folders of the lab and of the attacks in $solution, $starter and
/// $attacks.
struct Attack {
  std::string name;
  std::string note;
  int points = -1;  // -1 for any but all
  std::map<std::string, std::string> status;
  std::string base;
  std::string error;     // what Result::error must hold
  std::string ignored;   // what one of Result::ignored must hold
  std::string compiler;  // what Result::compiler_output must hold
  std::filesystem::path folder;
};

/// All attacks, in order of their names. Throws std::runtime_error that names the file that is wrong.
std::vector<Attack> load_attacks(const std::filesystem::path& folder);

/// Makes the attack's submission below a new folder, and returns its path. Throws std::runtime_error if the script
/// fails.
std::filesystem::path make_submission(const Attack& attack, const Lab& lab, const std::filesystem::path& folder);

}  // namespace grader
