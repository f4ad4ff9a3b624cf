#include "verify/lab_frame.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace grader {

namespace {

constexpr unsigned points_of_a_lab = 100;
constexpr std::size_t hints_of_a_task = 3;

/// "2.", the beginning of the lab's task names.
std::string prefix_of_tasks(const Lab& lab) { return fmt::format("{}.", std::stoi(lab.number())); }

/// Does the name have the form "2.3 what", with a task of this lab?
bool names_a_task(const std::string& name, const std::string& prefix) {
  const std::size_t end = name.find(' ');
  const bool number = name.starts_with(prefix) && end != std::string::npos && end > prefix.size() &&
                      name.find_first_not_of("0123456789", prefix.size()) == end;
  return number && end + 1 < name.size();
}

Problems problems_of_test(const Lab& lab, const TestInfo& test) {
  Problems problems;
  const std::string prefix = prefix_of_tasks(lab);
  if (const std::string problem = wire::problem_of_test_name(test.name); !problem.empty()) {
    problems.push_back(problem);
  }
  if (!names_a_task(test.name, prefix)) {
    problems.push_back(
        fmt::format("the test name '{}' must begin with its task, such as '{}1 what it tests'", test.name, prefix));
  }
  if (test.points == 0) {
    problems.push_back(
        fmt::format("the test '{}' has no points: give it points, TEST_CASE(\"...\" * points(5))", test.name));
  }
  if (test.suite != lab.name) {
    problems.push_back(
        fmt::format("the test '{}' is in TEST_SUITE(\"{}\"), not in \"{}\"", test.name, test.suite, lab.name));
  }
  return problems;
}

void check_names(const std::vector<TestInfo>& tests, Problems& problems) {
  std::set<std::string> names;
  for (const TestInfo& test : tests) {
    if (!names.insert(test.name).second) {
      problems.push_back(fmt::format("two tests are called '{}': give each its own name", test.name));
    }
  }
}

void check_hints(const Lab& lab, const std::set<std::string>& tasks, Problems& problems) {
  for (const std::string& task : tasks) {
    const auto found = lab.hints.find(task);
    const std::size_t count = found == lab.hints.end() ? 0 : found->second.size();
    if (count != hints_of_a_task) {
      problems.push_back(fmt::format("labs/{}/lab.json: task {} has {} hints, not {}: a question, a pointer, the steps",
                                     lab.name, task, count, hints_of_a_task));
    }
  }
  for (const auto& [task, hints] : lab.hints) {
    if (!tasks.contains(task)) {
      problems.push_back(fmt::format("labs/{}/lab.json has hints for {}, but no test has that task", lab.name, task));
    }
  }
}

void check_mistakes(const Lab& lab, const std::set<std::string>& tasks, const std::vector<wire::Mistake>& mistakes,
                    Problems& problems) {
  for (const std::string& task : tasks) {
    if (std::ranges::none_of(mistakes, [&](const auto& mistake) { return TestInfo{mistake.test}.task() == task; })) {
      problems.push_back(
          fmt::format("task {} has no known mistake: add a .patch to solutions/{}/mistakes", task, lab.name));
    }
  }
}

}  // namespace

Problems problems_of_frame(const Lab& lab, const std::vector<TestInfo>& tests,
                           const std::vector<wire::Mistake>& mistakes) {
  Problems problems;
  std::set<std::string> tasks;
  unsigned points = 0;
  for (const TestInfo& test : tests) {
    std::ranges::move(problems_of_test(lab, test), std::back_inserter(problems));
    tasks.insert(test.task());
    points += test.points;
  }
  if (points != points_of_a_lab) {
    problems.push_back(fmt::format("the tests are worth {} points, not {}", points, points_of_a_lab));
  }
  check_names(tests, problems);
  check_hints(lab, tasks, problems);
  check_mistakes(lab, tasks, mistakes, problems);
  return problems;
}

}  // namespace grader
