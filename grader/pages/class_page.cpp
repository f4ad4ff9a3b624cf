#include "pages/pages.hpp"

namespace grader {

std::string class_page(const Lab& lab, const std::vector<Grade>& grades) {
  return "<!DOCTYPE html><title>" + lab.name + "</title><p>" + std::to_string(grades.size()) + " students";
}

std::string student_page(const Lab& lab, const Grade& grade) {
  return "<!DOCTYPE html><title>" + lab.name + "</title><p>" + score_text(grade.score);
}

}  // namespace grader
