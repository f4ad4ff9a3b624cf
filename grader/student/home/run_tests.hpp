#pragma once

#include <functional>
#include <vector>

#include "home/home_run.hpp"

namespace grader {

/// Runs tests of a program, each in a process of its own, as many at a time as there are cores. Calls `show` with every
/// run, in the order of the tests, as soon as it is known. Once a test has met the limit, those of the same task that
/// begin later get a tenth of it, but a second at least.
std::vector<HomeRun> run_tests(const std::filesystem::path& program, const std::vector<TestInfo>& tests,
                               std::chrono::milliseconds limit, const std::function<void(const HomeRun&)>& show = {});

}  // namespace grader
