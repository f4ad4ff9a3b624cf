#pragma once

#include <string>

#include "class/gradebook/grade.hpp"

namespace grader {

/// JUnit XML as Jenkins' junit-10.xsd has it: a test case for each test, points and score as properties.
std::string junit_xml(const Grade& grade);

}  // namespace grader
