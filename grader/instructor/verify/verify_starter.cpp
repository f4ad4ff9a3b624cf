#include "verify/verify_starter.hpp"

#include <fmt/format.h>

#include "home/run_tests.hpp"

namespace grader {

Problems verify_starter(const Lab& lab) {
  Problems problems;
  const std::filesystem::path program = lab.program("starter", "tests");
  for (const HomeRun& run : run_tests(program, list_tests(program), lab.test_limits.wall)) {
    if (run.status != Status::todo || run.output.find("not done yet") == std::string::npos) {
      problems.push_back(
          fmt::format("{} does not say 'not done yet', but: {}\n{}", run.test.name, run.why, run.output));
    }
  }
  return problems;
}

}  // namespace grader
