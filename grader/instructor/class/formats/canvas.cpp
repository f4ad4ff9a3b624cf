#include "class/formats/canvas.hpp"

#include <algorithm>
#include <map>

#include "class/formats/csv.hpp"

namespace grader {

std::string canvas_csv(const std::vector<Grade>& grades) {
  // Collect the labs, which are the columns, and the students, which are the rows
  std::map<std::string, double> max_points;
  std::map<std::string, const Person*> students;
  std::map<std::string, std::map<std::string, double>> scores;
  for (const Grade& grade : grades) {
    double& most = max_points[grade.result.lab];
    most = std::max(most, grade.max_points());
    students[grade.result.student] = &grade.person;
    scores[grade.result.student][grade.result.lab] = grade.score;
  }

  std::string header = "Student,ID,SIS User ID,SIS Login ID,Section";
  std::string points = "    Points Possible,,,,";
  for (const auto& [lab, most] : max_points) {
    header += "," + safe_cell(lab);
    points += "," + score_text(most);
  }
  std::string text = header + "\r\n" + points + "\r\n";
  for (const auto& [student, person] : students) {
    text += safe_cell(person->name) + ",," + safe_cell(person->id) + "," + safe_cell(person->email) + ",";
    for (const auto& [lab, most] : max_points) {
      const auto score = scores[student].find(lab);
      text += "," + (score == scores[student].end() ? "" : score_text(score->second));
    }
    text += "\r\n";
  }
  return text;
}

bool canvas_knows(const Person& person) { return !person.id.empty() || !person.email.empty(); }

}  // namespace grader
