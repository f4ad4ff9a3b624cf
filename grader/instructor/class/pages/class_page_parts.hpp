#pragma once

#include <string>
#include <vector>

#include "class/pages/class_figures.hpp"
#include "class/pages/html.hpp"

namespace grader {

// The parts of the page of a class about its tests.

/// A student's name, or several names, with links to their pages.
Html link_to(const std::string& student);
Html links_to(const std::vector<std::string>& students);

/// Every test by task: how many passed it, and the statuses of the others.
Html tests_part(const std::vector<TestFigures>& tests, std::size_t runs);

Html mistakes_part(const std::vector<MistakeFigures>& mistakes);

/// Nothing if no test is flaky.
Html flaky_part(const std::vector<FlakyTest>& flaky);

/// The slowest tests, and how close they are to their time limit.
Html time_part(std::vector<TestFigures> tests);

}  // namespace grader
