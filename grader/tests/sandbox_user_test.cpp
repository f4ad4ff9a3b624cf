#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"
#include "jobs.hpp"
#include "sandbox/sandbox.hpp"
#include "sandbox/sandbox_problem.hpp"

namespace fs = std::filesystem;
using grader::Isolation;
using grader::Job;
using grader::Outcome;
using nn::ScratchFolder;
using namespace std::chrono_literals;

namespace {

Outcome run_as_user(const Job& job) { return run_in_sandbox(job, Isolation::user); }

/// Only root can make somebody another user.
bool is_root() {
  if (geteuid() == 0) return true;
  CHECK(grader::sandbox_problem(Isolation::user) != "");
  MESSAGE("the rest is skipped: only root can run a job as another user");
  return false;
}

}  // namespace

TEST_SUITE("sandbox user") {
  TEST_CASE("user: a program's output, exit status and signal come through, its answer too") {
    if (!is_root()) return;
    CHECK(grader::sandbox_problem(Isolation::user) == "");
    const Outcome outcome = run_as_user(shell_job("echo out; echo answer >&3; exit 7"));
    CHECK(outcome.output == "out\n");
    CHECK(outcome.answer.size() == 7);
    CHECK(outcome.exit_status == 7);
    CHECK(run_as_user(shell_job("kill -SEGV $$")).signal == SIGSEGV);
    CHECK(run_as_user(shell_job("ls /proc/$$/fd")).output == "0\n1\n2\n3\n");
  }

  TEST_CASE("user: a job sees its mounts and nothing of a closed folder") {
    if (!is_root()) return;
    const ScratchFolder closed;
    fs::create_directories(closed.path() / "course/common/deep");
    fs::create_directories(closed.path() / "built");
    std::ofstream(closed.path() / "course/common/deep/given.hpp") << "given";
    std::ofstream(closed.path() / "course/solution.cpp") << "secret";
    const std::string course = (closed.path() / "course").string();
    Job job = shell_job("cat " + course + "/common/deep/given.hpp; cp " + course +
                        "/common/deep/given.hpp /built/copy; " + "cat " + course + "/solution.cpp; ls " + course);
    job.mounts = {{course + "/common", course + "/common", false}, {closed.path() / "built", "/built", true}};
    const Outcome outcome = run_as_user(job);
    CHECK(outcome.output.find("given") == 0);
    CHECK(outcome.output.find("secret") == std::string::npos);
    CHECK(outcome.output.ends_with("common\n"));
    CHECK(nn::read_whole(closed.path() / "built/copy") == "given");

    // The path as the host knows it, which is not replaced if it begins without a slash
    CHECK(run_as_user(shell_job("cd /; cat " + course.substr(1) + "/solution.cpp")).output.find("Permission denied") !=
          std::string::npos);
  }

  TEST_CASE("user: a mount that is only read cannot be written, nor can the host's folders") {
    if (!is_root()) return;
    const ScratchFolder folder;
    std::ofstream(folder.path() / "text") << "text";
    chmod((folder.path() / "text").c_str(), 0644);
    Job job = shell_job(
        "echo more >> /in/text; touch /in/new; for d in / /dev /etc /usr /root /var/lib; do "
        "(: > $d/course-x) 2>/dev/null && echo WRITTEN; done");
    job.mounts = {{folder.path() / "text", "/in/text", false}};
    CHECK(run_as_user(job).output.find("WRITTEN") == std::string::npos);
    CHECK(nn::read_whole(folder.path() / "text") == "text");
  }

  TEST_CASE("user: what a job leaves in its scratch folder is gone after it") {
    if (!is_root()) return;
    const Outcome outcome = run_as_user(shell_job("touch left; pwd; echo $HOME $TMPDIR"));
    CHECK(outcome.output == "/tmp\n/tmp /tmp\n");
    CHECK(run_as_user(shell_job("ls")).output.empty());
  }

  TEST_CASE("user: no rights, no network, no raised limits") {
    if (!is_root()) return;
    CHECK(run_as_user(attempt("forbidden_calls")).output == "done 0\n");
    const std::string raised = run_as_user(attempt("raise_limits")).output;
    CHECK(raised.find("raised 0") != std::string::npos);
    CHECK(raised.find("became root 0") != std::string::npos);
    setenv("COURSE_SECRET", "secret", 1);
    CHECK(run_as_user(shell_job("env; cat /proc/*/environ 2>/dev/null")).output.find("secret") == std::string::npos);
  }

  TEST_CASE("user: a daemon, a fork bomb and whoever kills everything end with the job") {
    if (!is_root()) return;
    const Outcome daemon = run_as_user(shell_job("setsid sh -c 'exec sleep 61.25' & true"));
    CHECK(daemon.exit_status == 0);
    CHECK(run_as_user(shell_job("cat /proc/*/cmdline 2>/dev/null | tr '\\0' ' '")).output.find("sleep 61.25") ==
          std::string::npos);
    Job bomb = attempt("fork_bomb");
    bomb.limits.wall = 1s;
    CHECK(run_as_user(bomb).timed_out);
    CHECK(run_as_user(attempt("kill_everything")).output.find("alive") == 0);
    CHECK(run_as_user(shell_job("echo still here")).output == "still here\n");
  }
}
