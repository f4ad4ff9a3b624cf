#pragma once

#include <string>
#include <vector>

#include "class/gradebook/grade.hpp"

namespace grader {

/// The CSV file of one lab for Moodle, with the columns Identifier, Full name, ID number, Email address, Grade and Last
/// modified (grade). Moodle takes it in two places. Grades, Import, CSV file: there, map "Email address" to "Email
/// address" or "ID number" to "ID number", and "Grade" to the assignment. If the students are known from Moodle's
/// download of an assignment, also as the grading worksheet of this assignment, where "Identifier" is "Participant"
/// with the number of the folder. Throws std::runtime_error for grades of several labs.
///
/// Sources: docs.moodle.org/en/Grade_import; mod/assign/feedback/offline/importgradeslib.php of
/// github.com/moodle/moodle
std::string moodle_csv(const std::vector<Grade>& grades);

/// Whether Moodle can find this student: by id, e-mail address or the number of the participant.
bool moodle_knows(const Person& person);

}  // namespace grader
