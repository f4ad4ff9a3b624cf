#include "verify/verify_solution.hpp"

#include "judge/mistakes.hpp"
#include "verify/in_process.hpp"
#include "verify/lab_frame.hpp"

namespace grader {

Problems verify_solution(const Lab& lab) {
  const std::vector<TestInfo> tests = list_tests(lab.program("solution", "tests"));
  Problems problems = problems_of_frame(lab, tests, load_mistakes(lab));
  append(problems, failures_at_home(lab, "solution", tests));
  return problems;
}

}  // namespace grader
