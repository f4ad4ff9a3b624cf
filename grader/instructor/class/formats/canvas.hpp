#pragma once

#include <string>
#include <vector>

#include "class/gradebook/grade.hpp"

namespace grader {

/// The CSV file that Canvas imports into its gradebook: the columns Student, ID, SIS User ID, SIS Login ID, Section and
/// one for each lab; a row with the points possible; a row for each student. Canvas finds students by the SIS user ID,
/// here the roster's id, else by the SIS login ID, here the e-mail address, else by name. ID is Canvas's own number,
/// which no roster has, so it stays empty. An assignment with the name of the lab gets the scores; if there is none,
/// Canvas offers to make one. A cell is empty if a student has no grade in that lab.
///
/// Sources: Ohio State University, "Import CSV file", teaching.resources.osu.edu/toolsets/carmencanvas/guides/
/// calculating-final-grades/import-csv-file-carmen-grades; lib/gradebook_importer.rb of
/// github.com/instructure/canvas-lms
std::string canvas_csv(const std::vector<Grade>& grades);

/// Whether Canvas can find this student for certain: by id or e-mail address.
bool canvas_knows(const Person& person);

}  // namespace grader
