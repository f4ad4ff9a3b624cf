// The program `course`, which ./course starts: all commands for students. The commands for instructors and developers
// are in the program `instructor`, which is built when it is first needed.
#include "command_line.hpp"
#include "commands/commands.hpp"

namespace {

void add_commands(CLI::App& app, const std::vector<std::string>& words) {
  using namespace grader;
  const Context context = find_context();
  run_instructor_command(context, words);
  add_test_command(app, context);
  add_watch_command(app, context);
  add_hint_command(app, context);
  add_run_commands(app, context);
  add_submit_command(app, context);
  add_reset_command(app, context);
  add_solution_command(app, context);
  add_earlier_command(app, context);
  add_data_command(app, context);
  add_doctor_command(app, context);
  add_instructor_commands(app, context);
  add_github_command(app, context);
  add_check_command(app, context);
  answer_shell(app, context, words);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  return grader::run_command_line(
      argc, argv, [&](CLI::App& app) { add_commands(app, words); }, [] { return show_status(grader::find_context()); });
}
