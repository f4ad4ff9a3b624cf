// The `course` program: everything that students, instructors and developers type. Started by the launcher ./course.
#include <cstdlib>
#include <stdexcept>

#include "command_line.hpp"
#include "commands/commands.hpp"

namespace {

grader::Context find_context() {
  const char* root = std::getenv("COURSE_ROOT");
  if (root == nullptr) {
    throw std::runtime_error("COURSE_ROOT is not set: start this program with ./course, at the root of the repository");
  }
  return {root};
}

void add_commands(CLI::App& app, const grader::Context& context) {
  add_test_command(app, context);
  add_hint_command(app, context);
  add_run_commands(app, context);
  add_submit_command(app, context);
  add_reset_command(app, context);
  add_data_command(app, context);
#ifdef COURSE_HAS_SOLUTIONS
  add_grade_command(app, context);
  add_grades_command(app, context);
  add_regrade_command(app, context);
  add_release_command(app, context);
  add_gradescope_commands(app, context);
  add_transcript_command(app, context);
  add_record_command(app, context);
  add_verify_command(app, context);
#endif
  add_github_command(app, context);
  add_check_command(app, context);
}

}  // namespace

int main(int argc, char** argv) {
  return grader::run_command_line(
      argc, argv, [](CLI::App& app) { add_commands(app, find_context()); }, [] { return show_status(find_context()); });
}
