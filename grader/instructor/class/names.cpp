#include "class/names.hpp"

#include <fmt/format.h>
#include <map>
#include <regex>
#include <stdexcept>

#include "submission/submission_scan.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

/// What the submission's name looks like, without an archive's ending.
std::string look_of_submission(const Submission& submission) {
  std::string look = look_of(submission.named);
  static const std::regex ending(R"((.+)\.(tar\.gz|tgz|tar|zip))");
  std::smatch parts;
  return std::regex_match(look, parts, ending) ? parts[1].str() : look;
}

/// The name without the number of a second try, such as browsers and learning platforms add; "" if it has none.
std::string first_try_of(const std::string& look) {
  static const std::regex form(R"((.*[^ _-])([ _]?\([0-9]+\)|-[0-9]{1,2}))");
  std::smatch parts;
  return std::regex_match(look, parts, form) ? parts[1].str() : "";
}

}  // namespace

void refuse_equal_names(const std::vector<Submission>& submissions) {
  std::map<std::string, const Submission*> by_student;
  for (const Submission& submission : submissions) {
    const auto [other, is_new] = by_student.emplace(submission.student, &submission);
    if (!is_new) {
      throw std::runtime_error(
          fmt::format("{} and {} would both be the student {}. Rename one, or move one away; a second try is graded "
                      "after the first one, under the same name.",
                      shown(other->second->named), shown(submission.named), submission.student));
    }
  }
}

std::vector<std::string> warnings_of_names(const std::vector<Submission>& submissions) {
  std::vector<std::string> warnings;
  std::map<std::string, const Submission*> by_look;
  for (const Submission& submission : submissions) {
    const auto [other, is_new] = by_look.emplace(look_of_submission(submission), &submission);
    if (!is_new) {
      warnings.push_back(fmt::format("{} and {} look the same, and are graded as two students, {} and {}.",
                                     shown(other->second->named), shown(submission.named), other->second->student,
                                     submission.student));
    }
  }
  for (const auto& [look, submission] : by_look) {
    if (const auto first = by_look.find(first_try_of(look)); first != by_look.end()) {
      warnings.push_back(fmt::format(
          "{} and {} may be two tries of one student, and are graded as two students. If they are one, move "
          "the newer one away, grade, then give it the name of the older one and grade again.",
          shown(first->second->named), shown(submission->named)));
    }
  }
  return warnings;
}

}  // namespace grader
