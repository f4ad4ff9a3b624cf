#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iostream>
#include <memory>
#include <set>
#include <stdexcept>

#include "class/formats/formats.hpp"
#include "class/grading.hpp"
#include "class/pages/pages.hpp"
#include "command_line.hpp"
#include "commands.hpp"
#include "files/whole_file.hpp"
#include "lab/suggest.hpp"
#include "system/terminal.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr const char* byte_order_mark = "\xEF\xBB\xBF";

struct GradesOptions {
  std::string results = "results";
  std::string lab;
  std::string student;
  std::string format;
  std::string out;
  std::string score;
  std::string reason;
  std::string author;
  bool remove = false;
  bool excel = false;
};

/// The grades of one lab or of all labs, of one student or of all. Throws std::runtime_error if there are none.
std::vector<Grade> chosen_grades(const Context& context, const GradesOptions& options) {
  Gradebook gradebook = open_gradebook(options.results, false);
  const Policy policy = policy_of(options.results, context.root);
  std::vector<std::string> labs = graded_labs(gradebook);
  if (!options.lab.empty()) {
    labs = {find_lab(context.root, options.lab).name};
  }
  std::vector<Grade> grades;
  for (const std::string& lab : labs) {
    const Roster roster = roster_of(options.results, lab);
    const std::string student = options.student.empty() ? "" : roster.student_called(options.student);
    for (Grade& grade : grades_of(gradebook, options.results, policy, lab, roster)) {
      if (student.empty() || grade.result.student == student) {
        grades.push_back(std::move(grade));
      }
    }
  }
  if (grades.empty()) {
    throw std::runtime_error("the gradebook has no such grades." +
                             (options.student.empty() ? "" : did_you_mean(options.student, gradebook.students())));
  }
  return grades;
}

int show(const Context& context, const GradesOptions& options) {
  const std::vector<Grade> grades = chosen_grades(context, options);
  for (std::size_t begin = 0; begin < grades.size();) {
    std::size_t end = begin;
    while (end < grades.size() && grades[end].result.lab == grades[begin].result.lab) ++end;
    fmt::print("\n{}\n", grades[begin].result.lab);
    print_grades(
        {grades.begin() + static_cast<std::ptrdiff_t>(begin), grades.begin() + static_cast<std::ptrdiff_t>(end)});
    begin = end;
  }
  return 0;
}

const Format& format_called(const std::string& name) {
  std::vector<std::string> names;
  for (const Format& format : formats()) {
    if (format.name == name) {
      return format;
    }
    names.push_back(format.name);
  }
  throw std::runtime_error(
      fmt::format("there is no format '{}'.{} Formats: {}", name, did_you_mean(name, names), fmt::join(names, ", ")));
}

/// The students whom the program of the format cannot find.
std::string unknown_students(const Format& format, const std::vector<Grade>& grades) {
  std::set<std::string> students;
  for (const Grade& grade : grades) {
    if (format.knows && !format.knows(grade.person)) students.insert(grade.result.student);
  }
  return fmt::format("{}", fmt::join(students, ", "));
}

int export_grades(const Context& context, const GradesOptions& options) {
  const Format& format = format_called(options.format);
  if (options.excel && format.name != "csv") throw std::runtime_error("--excel is for --format csv");
  const std::vector<Grade> all = chosen_grades(context, options);
  const std::vector<Grade> grades = known_grades(format, all);
  if (grades.size() < all.size()) {
    fmt::print(stderr, "{} left out: no id or e-mail address in the roster, so {} cannot find them: {}\n",
               counted(all.size() - grades.size(), "grade"), format.name, unknown_students(format, all));
  }
  if (format.all || grades.size() == 1) {
    const std::string mark = options.excel ? byte_order_mark : "";
    const std::string text = mark + (format.all ? format.all(grades) : format.one(grades.front()));
    if (options.out.empty()) {
      std::cout << text << std::flush;
    } else {
      nn::write_whole(options.out, text);
    }
    return 0;
  }
  if (options.out.empty()) {
    throw std::runtime_error(
        format.name + " has a file for each student: give a folder with --out, or choose one student with --student");
  }
  for (const Grade& grade : grades) {
    nn::write_whole(fs::path(options.out) / grade.result.lab / (grade.result.student + format.extension),
                    format.one(grade));
  }
  fmt::print("{} files in {}\n", grades.size(), options.out);
  return 0;
}

int override_score(const Context& context, const GradesOptions& options) {
  const Lab lab = find_lab(context.root, options.lab);
  Gradebook gradebook = open_gradebook(options.results, false);
  const Roster roster = roster_of(options.results, lab.name);
  const Grade grade = chosen_grades(context, options).front();
  const std::string& student = grade.result.student;
  if (options.remove) {
    if (!gradebook.remove_override(student, lab.name)) {
      throw std::runtime_error(fmt::format("there is no override for '{}' in lab {}", student, lab.name));
    }
  } else {
    char* end = nullptr;
    const double score = std::strtod(options.score.c_str(), &end);
    if (options.score.empty() || *end != '\0') {
      throw std::runtime_error("give the new score with --score, or remove an override with --remove");
    }
    if (score > grade.max_points()) {
      fmt::print(stderr, "{} {} is more than the {} points of the lab.\n", yellow("Note:"), score_text(score),
                 score_text(grade.max_points()));
    }
    gradebook.enter_student(student);
    gradebook.set_override(student, lab.name, {score, options.reason, options.author, utc_text(utc_now())});
  }
  write_pages(options.results, lab,
              grades_of(gradebook, options.results, policy_of(options.results, context.root), lab.name, roster));
  return show(context, options);
}

void add_results_option(CLI::App& command, GradesOptions& options) {
  add_option(command, "--results", options.results, "The --out folder of `course grade`; by default results");
}

}  // namespace

void add_grades_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<GradesOptions>();
  CLI::App& grades = add_command_group(app, instructor_command("grades"));

  CLI::App& show_it = add_command(grades, "Commands", "show", "Print the grades of a lab, or of all",
                                  [context, options] { return show(context, *options); });
  CLI::App& export_it = add_command(grades, "Commands", "export", "Write grades for another program",
                                    [context, options] { return export_grades(context, *options); });
  for (CLI::App* command : {&show_it, &export_it}) {
    add_results_option(*command, *options);
    add_option(*command, "--lab", options->lab, "Only this lab: 02_mlp, 02, 2 or mlp");
    add_option(*command, "--student", options->student, "Only this student");
  }
  add_required(export_it, "--format", options->format,
               "csv, canvas, moodle, gradescope, junit, ctrf, classroom50 or autolab");
  add_option(export_it, "--out", options->out,
             "The file, or for formats with a file for each student the folder, to write");

  add_flag(export_it, "--excel", options->excel,
           "Begin the CSV file with the mark by which Excel knows that its letters are UTF-8");

  CLI::App& override_it =
      add_command(grades, "Commands", "override", "Set a score by hand; it stays when the lab is graded again",
                  [context, options] { return override_score(context, *options); });
  add_results_option(override_it, *options);
  add_argument(override_it, "student", options->student, "The student");
  add_required(override_it, "--lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp");
  add_option(override_it, "--score", options->score, "The score that counts from now on");
  add_option(override_it, "--reason", options->reason, "Why");
  add_option(override_it, "--author", options->author, "Who sets the score");
  add_flag(override_it, "--remove", options->remove, "Remove the override: the judge's score counts again");
}

}  // namespace grader
