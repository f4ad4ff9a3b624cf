#pragma once

#include <string>
#include <vector>

#include "class/pages/class_figures.hpp"
#include "class/pages/html.hpp"

namespace grader {

// What the page of a class says about its tests.

/// A student's name, or several in a row, leading to their pages.
Html link_to(const std::string& student);
Html links_to(const std::vector<std::string>& students);

/// Every test by task: who passed it, and how it ended for the others.
Html tests_part(const std::vector<TestFigures>& tests, std::size_t runs);

Html mistakes_part(const std::vector<MistakeFigures>& mistakes);

/// Nothing if no test is flaky.
Html flaky_part(const std::vector<FlakyTest>& flaky);

/// The slowest tests, and how far they are from their limit.
Html time_part(std::vector<TestFigures> tests);

}  // namespace grader
