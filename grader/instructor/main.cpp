// The program `instructor`: grades submissions, keeps the gradebook, releases the course, verifies what labs promise.
// `course` starts it for the commands of instructor_commands.hpp.
#include "command_line.hpp"
#include "commands/commands.hpp"

namespace {

void add_commands(CLI::App& app) {
  using namespace grader;
  const Context context = find_context();
  add_collect_command(app, context);
  add_grade_command(app, context);
  add_grades_command(app, context);
  add_regrade_command(app, context);
  add_release_command(app, context);
  add_gradescope_commands(app, context);
  add_transcript_command(app, context);
  add_record_command(app, context);
  add_verify_command(app, context);
}

}  // namespace

int main(int argc, char** argv) {
  return grader::run_command_line(argc, argv, add_commands, [] { return 0; });
}
