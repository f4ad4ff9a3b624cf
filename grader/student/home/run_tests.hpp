#pragma once

#include <functional>
#include <vector>

#include "home/home_run.hpp"

namespace grader {

/// Runs tests of a program, each in its own process, as many at the same time as there are cores. Calls `show` with
/// every run, in the order of the tests, as soon as it is known.
std::vector<HomeRun> run_tests(const std::filesystem::path& program, const std::vector<TestInfo>& tests,
                               std::chrono::milliseconds limit, const std::function<void(const HomeRun&)>& show = {});

}  // namespace grader
