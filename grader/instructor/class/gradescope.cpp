#include "class/gradescope.hpp"

#include <chrono>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>
#include <unistd.h>

#include "class/formats/gradescope_json.hpp"
#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"
#include "home/build.hpp"
#include "judge/judge.hpp"
#include "release/git.hpp"
#include "release/release.hpp"
#include "sandbox/sandbox_problem.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes time_for_tests{8};

void write_results(const fs::path& folder, const nlohmann::json& document) {
  nn::write_whole(folder / "results" / "results.json", json_text(document));
}

/// The sandbox if it works, else a separate user.
Isolation choose_isolation() {
  const std::string no_sandbox = sandbox_problem();
  if (no_sandbox.empty()) {
    return Isolation::sandbox;
  }
  if (const std::string problem = sandbox_problem(Isolation::user); !problem.empty()) {
    throw std::runtime_error(no_sandbox + "\n" + problem);
  }
  return Isolation::user;
}

/// Runs a job that tries to read the lab's solution. Throws if it can.
void check_hidden(const Lab& lab, Isolation isolation) {
  // Without its first slash, the path is not replaced as a path inside the job
  const std::string secret = fs::canonical(lab.solution() / lab.files.front()).string().substr(1);
  Job job;
  job.arguments = {"sh", "-c", "cd / && if test -r \"$0\"; then echo seen; else echo hidden; fi", secret};
  job.limits = test_limits();
  const Outcome outcome = run_in_sandbox(job, isolation);
  if (outcome.output != "hidden\n") {
    throw std::runtime_error("a submission could read the solution, so nothing is graded: " + outcome.output);
  }
}

}  // namespace

void write_gradescope_zip(const Lab& lab, const fs::path& file) {
  const CourseFiles committed = committed_files(lab.root);
  for (const std::string& name : lab.files) {
    if (const std::string path = fmt::format("solutions/{}/{}", lab.name, name); !committed.contains(path)) {
      throw std::runtime_error(fmt::format("{} is not committed here, and Gradescope cannot grade without it", path));
    }
  }
  const nn::ScratchFolder scratch;
  write_course_file(scratch.path() / "lab", {lab.name + "\n", false});
  std::vector<std::string> arguments{"archive", "--format=zip"};
  for (const char* name : {"setup.sh", "run_autograder"}) {
    write_course_file(scratch.path() / name, committed.at(std::string("grader/instructor/hosts/gradescope/") + name));
  }
  for (const char* name : {"setup.sh", "run_autograder", "lab"}) {
    arguments.push_back("--add-file=" + (scratch.path() / name).string());
  }
  const fs::path whole = fs::absolute(file);
  const fs::path part = whole.string() + ".part-" + std::to_string(getpid());
  arguments.insert(arguments.end(), {"--prefix=course/", "--output=" + part.string(), "HEAD"});
  git(lab.root, arguments);
  fs::rename(part, whole);
}

void grade_on_gradescope(const Lab& lab, const fs::path& folder) {
  const Judge::Clock::time_point deadline = Judge::Clock::now() + time_for_tests;
  write_results(folder, gradescope_json("The grader was stopped before it was done. This does not mean that your code "
                                        "is wrong: hand it in again, and tell your instructor if it happens "
                                        "again."));

  // Check that submissions can be contained
  fs::permissions(folder, fs::perms::owner_all);
  const Isolation isolation = choose_isolation();
  check_hidden(lab, isolation);

  const Submission submission = read_submission(folder / "submission", lab.wanted());
  build(lab.root, lab.name + ".judge");
  std::random_device device;
  const Judge judge(lab, static_cast<std::uint64_t>(device()) << 32 | device(), isolation);
  const Result result = judge.grade(submission, deadline);
  write_results(folder, gradescope_json(grade_of(result)));
  fmt::print("{}: {} of {} points; isolation: {}; seed {}\n", lab.name, result.points(), result.max_points(),
             result.isolation, result.seed);
}

}  // namespace grader
