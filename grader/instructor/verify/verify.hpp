#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "lab/lab.hpp"
#include "testing/expected.hpp"

namespace grader {

/// What the repository promises of every lab. Each returns what is wrong, one line each, and nothing if the promise is
/// kept. The lab's programs must have been built.
using Problems = std::vector<std::string>;

/// The solution passes every test at home, and the frame of the lab is as it should be.
Problems verify_solution(const Lab& lab);

/// The starter passes no test, and every graded test says "not done yet".
Problems verify_starter(const Lab& lab);

/// expected.safetensors holds what the reference and the mistakes observe today, but for rounding.
Problems verify_recorded(const Lab& lab);

/// Every mistake fails, at home, in the test that is meant to catch it, which names it; and it changes that test's
/// observations for some fresh seeds too. Every test is failed by a mistake. Prints the kill matrix.
Problems verify_mistakes(const Lab& lab);

/// A row for each mistake and a column for each test, under the number of its task: # is the test that is meant to
/// catch the mistake, x another one that it fails.
std::string kill_matrix(const std::vector<TestInfo>& tests, const wire::Expected& expected);

/// The names of the tests that no known mistake fails.
std::vector<std::string> tests_without_mistake(const std::vector<TestInfo>& tests, const wire::Expected& expected);

/// On a fresh seed the judge gives the solution 100 points and the starter 0, takes from each mistake exactly the
/// points of the tests that its observations fail, and names it; who forgot a semicolon is told the line. Prints how
/// many submissions were graded.
Problems verify_judge(const Lab& lab);

/// Other right implementations, solutions/NN_name/alternatives/*/, pass every test at home and have all points on 20
/// fresh seeds, and no two seeds draw the same input. Prints how far the tolerances are from the errors of right and of
/// wrong code, and which mistakes fail a test with some seeds only.
Problems verify_alternatives(const Lab& lab);

/// The lab's solutions/NN_name/parity.py, which recomputes transcripts in PyTorch, agrees for several seeds. Returns
/// the single line "skipped: ..." where PyTorch is not installed.
Problems verify_parity(const Lab& lab);

/// Every block of C++ (```cpp, ```c++ and the like) of the lab's handout stands, line by line and apart from
/// indentation, in a .cpp or .hpp of the lab or of common/, so that it compiles. The student's own files do not count.
Problems verify_handout(const Lab& lab);

/// The hostile submissions of grader/tests/attacks/, graded by `course grade` among a class of twenty, get what their
/// attack.json says, read no secret and leave nothing behind; the class has the same results as without them.
Problems verify_attacks(const Lab& lab);

/// What is wrong with the names, points and suites of the tests, with the hints of their tasks, or with a task that no
/// known mistake belongs to. Part of verify_solution.
Problems problems_of_frame(const Lab& lab, const std::vector<TestInfo>& tests,
                           const std::vector<wire::Mistake>& mistakes);

/// The graded tests that who computes nothing can pass: their observations are the same for every seed, or one number
/// all over for some. Part of verify_judge.
Problems forgeable_tests(const Lab& lab);

/// The file of the recorded reference, and what should stand in it.
std::filesystem::path expected_file(const Lab& lab);
wire::Expected observe_on_public_seed(const Lab& lab);

}  // namespace grader
