#include "class/formats/moodle.hpp"

#include <fmt/format.h>
#include <stdexcept>

#include "class/formats/csv.hpp"

namespace grader {

std::string moodle_csv(const std::vector<Grade>& grades) {
  std::string text = "Identifier,Full name,ID number,Email address,Grade,Last modified (grade)\r\n";
  for (const Grade& grade : grades) {
    if (grade.result.lab != grades.front().result.lab) {
      throw std::runtime_error("Moodle takes one assignment at a time: choose one with --lab");
    }
    const Person& person = grade.person;
    text += fmt::format("{},{},{},{},{},\r\n", person.participant.empty() ? "" : "Participant " + person.participant,
                        safe_cell(person.name), safe_cell(person.id), safe_cell(person.email), score_text(grade.score));
  }
  return text;
}

bool moodle_knows(const Person& person) {
  return !person.id.empty() || !person.email.empty() || !person.participant.empty();
}

}  // namespace grader
