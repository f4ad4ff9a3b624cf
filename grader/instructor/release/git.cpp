#include "release/git.hpp"

#include <fmt/format.h>
#include <stdexcept>

#include "system/process.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

Outcome run_git(const fs::path& folder, const std::vector<std::string>& arguments,
                const std::vector<std::string>& variables = {}) {
  Command command;
  command.arguments = {"env", "-u", "GIT_DIR", "-u", "GIT_WORK_TREE", "-u", "GIT_INDEX_FILE", "-u", "GIT_PREFIX"};
  command.arguments.insert(command.arguments.end(), variables.begin(), variables.end());
  command.arguments.insert(command.arguments.end(),
                           {"LC_ALL=C.UTF-8", "git", "--literal-pathspecs", "-C", folder.string()});
  command.arguments.insert(command.arguments.end(), {"-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"});
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  command.output_limit = std::size_t{64} << 20;
  return run(command);
}

/// What git wrote. Throws std::runtime_error with it if git failed.
std::string output_of(const Outcome& outcome, const fs::path& folder, const std::vector<std::string>& arguments) {
  if (!outcome.succeeded()) {
    throw std::runtime_error(
        fmt::format("git {} in {} failed:\n{}", arguments.front(), folder.string(), outcome.output.substr(0, 2000)));
  }
  return outcome.output;
}

}  // namespace

std::string git(const fs::path& folder, const std::vector<std::string>& arguments) {
  return output_of(run_git(folder, arguments), folder, arguments);
}

std::string git_of_another(const fs::path& git_folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"--git-dir=" + fs::absolute(git_folder).string(), "--no-replace-objects"});
  return output_of(run_git(git_folder, arguments, {"GIT_ALLOW_PROTOCOL=none"}), git_folder, arguments);
}

bool git_succeeds(const fs::path& folder, const std::vector<std::string>& arguments) {
  return run_git(folder, arguments).succeeded();
}

bool is_top_of_repository(const fs::path& folder) {
  const Outcome outcome = run_git(folder, {"rev-parse", "--show-toplevel"});
  std::error_code ignored;
  return outcome.succeeded() && fs::equivalent(outcome.output.substr(0, outcome.output.find('\n')), folder, ignored);
}

std::string git_version(const fs::path& folder) {
  const std::string text = git(folder, {"describe", "--always", "--tags", "--dirty"});
  return text.substr(0, text.find('\n'));
}

void check_committed(const fs::path& folder, bool enough) {
  const std::string changes = git(folder, {"status", "--porcelain", "--untracked-files=no"});
  if (!changes.empty() && !enough) {
    throw std::runtime_error(
        fmt::format("these changes are not committed, and only committed files are released:\n{}Commit them, or leave "
                    "them out with --committed",
                    changes));
  }
}

}  // namespace grader
