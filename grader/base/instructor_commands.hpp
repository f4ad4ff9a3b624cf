#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "command_line.hpp"

namespace grader {

/// A command of the program `instructor`, as the help page of ./course shows it.
struct InstructorCommand {
  const char* group;
  const char* name;
  const char* help;
};

inline constexpr std::array<InstructorCommand, 10> instructor_commands{{
    {for_instructors, "collect", "Copy a lab from the students' repositories, as it was at the deadline"},
    {for_instructors, "grade", "Grade submissions in a sandbox, with a secret seed"},
    {for_instructors, "grades", "Show and export the gradebook, set scores by hand"},
    {for_instructors, "regrade", "Grade the kept submissions again, after a lab has changed"},
    {for_instructors, "release", "Make the students' repository: the course without its solutions"},
    {for_instructors, "gradescope-zip", "Make a lab's autograder for Gradescope"},
    {for_instructors, "gradescope",
     "The autograder on Gradescope: prepare LAB builds the judge, run LAB grades a submission"},
    {for_instructors, "transcript",
     "Write the inputs and outputs of the reference, to compare them with another framework"},
    {for_developers, "record", "Regenerate expected.safetensors, after a change to tests, solution or mistakes"},
    {for_developers, "verify", "Verify what a lab promises; part of ./course check"},
}};

/// The entry of that name; there must be one.
consteval InstructorCommand instructor_command(std::string_view name) {
  return *std::ranges::find(instructor_commands, name, &InstructorCommand::name);
}

}  // namespace grader
