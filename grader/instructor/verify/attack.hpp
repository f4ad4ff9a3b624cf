#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "lab/lab.hpp"

namespace grader {

/// A hostile submission in grader/tests/attacks/NAME/, and its expected result. attack.json has the form:
///
///     {"note": "Ends the program with success before main.",
///      "points": 97,                                             left out if the points depend on its correct code
///      "status": {"*": "passed", "2.7 sgd_step": "timeout"},     of each test; "*" is for all others
///      "base": "solution", ...}
/// In the same folder is attack.cpp, a text that is put in front of the base's file ("solution", "starter" or "none");
/// or make.sh or make.py, which makes the file or folder to hand in, in its working folder. The script gets the
/// attack's name in $name, and the folders of the lab and of the attacks in $solution, $starter and $attacks.
struct Attack {
  std::string name;
  std::string note;
  int points = -1;  // -1: any number except all points
  std::map<std::string, std::string> status;
  std::string base;
  std::string error;     // text that Result::error must contain
  std::string ignored;   // text that one of Result::ignored must contain
  std::string compiler;  // text that Result::compiler_output must contain
  std::filesystem::path folder;
};

/// All attacks, in order of their names. Throws std::runtime_error that names the file if one is wrong.
std::vector<Attack> load_attacks(const std::filesystem::path& folder);

/// Makes the attack's submission below a new folder, and returns its path. Throws std::runtime_error if the script
/// fails.
std::filesystem::path make_submission(const Attack& attack, const Lab& lab, const std::filesystem::path& folder);

}  // namespace grader
