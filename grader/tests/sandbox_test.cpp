#include "sandbox/sandbox.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "files/scratch_folder.hpp"
#include "jobs.hpp"
#include "processes.hpp"
#include "sandbox/sandbox_problem.hpp"

namespace fs = std::filesystem;
using grader::Isolation;
using grader::Job;
using grader::Outcome;
using grader::run_in_sandbox;
using nn::ScratchFolder;
using namespace std::chrono_literals;

namespace {

/// A word that marks the processes of one job, so that they can be found on the host.
std::string new_mark() {
  static std::atomic<int> count{0};
  return "mark-" + std::to_string(getpid()) + "-" + std::to_string(count++) + "-end";
}

long number_after(const std::string& output, const std::string& word) {
  const std::size_t place = output.find(word + " ");
  return place == std::string::npos ? -1 : std::stol(output.substr(place + word.size() + 1));
}

/// The processes with the mark once there are `count` of them, or after half a minute.
std::map<int, std::string> wait_for_processes(const std::string& mark, std::size_t count) {
  std::map<int, std::string> found = processes_with(mark);
  for (int i = 0; i < 3000 && (count == 0 ? !found.empty() : found.size() < count); ++i) {
    std::this_thread::sleep_for(10ms);
    found = processes_with(mark);
  }
  return found;
}

bool all_gone(const std::string& mark) {
  const std::map<int, std::string> left = wait_for_processes(mark, 0);
  for (const auto& [id, line] : left) MESSAGE("process " << id << " is still there: " << line);
  return left.empty();
}

/// A scratch folder that root's jobs may read, too.
struct OpenFolder {
  ScratchFolder folder;
  OpenFolder() { chmod(folder.path().c_str(), 0755); }
  fs::path operator/(const std::string& name) const { return folder.path() / name; }
};

}  // namespace

TEST_SUITE("sandbox") {
  TEST_CASE(
      "where AppArmor forbids namespaces, the advice is a profile for bubblewrap before the switch for all programs") {
    const std::string advice = grader::apparmor_advice;
    const std::size_t profile = advice.find("profile bwrap /usr/bin/bwrap flags=(unconfined)");
    const std::size_t load = advice.find("sudo apparmor_parser -r /etc/apparmor.d/bwrap");
    const std::size_t all_programs = advice.find("sysctl kernel.apparmor_restrict_unprivileged_userns=0");
    REQUIRE(all_programs != std::string::npos);
    CHECK(profile < load);
    CHECK(load < all_programs);
  }

  TEST_CASE("sandbox: it works on this machine") { REQUIRE(grader::sandbox_problem() == ""); }

  TEST_CASE("sandbox: a program's output, answer, exit status, signal and time come through") {
    Job job = shell_job("echo out; echo answer >&3; exit 7");
    Outcome outcome = run_in_sandbox(job);
    CHECK(outcome.output == "out\n");
    CHECK(text_of(outcome.answer) == "answer\n");
    CHECK(outcome.exit_status == 7);
    CHECK(run_in_sandbox(shell_job("kill -SEGV $$")).signal == SIGSEGV);
    outcome = run_in_sandbox(shell_job("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"));
    CHECK(outcome.cpu_seconds > 0.02);
  }

  TEST_CASE("sandbox: only standard input, output, error and the answer are open") {
    CHECK(run_in_sandbox(shell_job("ls /proc/$$/fd")).output == "0\n1\n2\n3\n");
  }

  TEST_CASE("sandbox: nothing of the host is seen but its programs") {
    setenv("COURSE_SECRET", "secret", 1);
    const std::string here = fs::path(BAD_PROGRAM).parent_path().string();
    CHECK(run_in_sandbox(
              shell_job("ls -d /etc/passwd /etc/shadow /root /home /var /run /mnt /sys " + here + " 2>/dev/null"))
              .output.empty());
    CHECK(run_in_sandbox(shell_job("cat /proc/*/environ; env; ls -A /tmp /dev/shm")).output.find("secret") ==
          std::string::npos);
    CHECK(run_in_sandbox(shell_job("set -- /proc/[0-9]*; echo $#")).output == "2\n");
    CHECK(run_in_sandbox(shell_job("ls -A /proc/1; echo > /proc/1/mem || echo closed")).output.ends_with("\nclosed\n"));
    CHECK(run_in_sandbox(shell_job("hostname")).output == "sandbox\n");
    CHECK(run_in_sandbox(shell_job("cat /proc/net/dev | grep -c :")).output == "1\n");
  }

  TEST_CASE("sandbox: nothing but the scratch folders and writable mounts can be written") {
    CHECK(run_in_sandbox(
              shell_job("for d in / /dev /etc /usr /proc/sys/kernel; do (: > $d/x) 2>/dev/null && echo $d; done"))
              .output.empty());
    CHECK(run_in_sandbox(shell_job("for d in /tmp /dev/shm; do : > $d/x && echo $d; done")).output ==
          "/tmp\n/dev/shm\n");
  }

  TEST_CASE("sandbox: what is written into a writable mount remains, a read-only mount stays as it is") {
    const OpenFolder folder;
    fs::create_directories(folder / "in");
    fs::create_directories(folder / "out");
    std::ofstream(folder / "in/text") << "text";
    Job job = shell_job("cat in/text > deep/er/out/copy; touch in/text in/more; pwd");
    job.mounts = {{folder / "in", "/a/b/in", false}, {folder / "out", "/a/b/deep/er/out", true}};
    job.folder = "/a/b";
    CHECK(run_in_sandbox(job).output.ends_with("/a/b\n"));
    CHECK(fs::file_size(folder / "out/copy") == 4);
    CHECK(fs::file_size(folder / "in/text") == 4);
    CHECK_FALSE(fs::exists(folder / "in/more"));
  }

  TEST_CASE("sandbox: a mount that cannot work is reported as our own error") {
    Job job = shell_job("true");
    job.mounts = {{"/no/such/folder", "/a", false}};
    CHECK_THROWS_WITH_AS(run_in_sandbox(job), "run_in_sandbox: /no/such/folder does not exist, so it cannot be mounted",
                         std::invalid_argument);
    job.mounts = {{"/etc/hostname", "a", false}};
    CHECK_THROWS_AS(run_in_sandbox(job), std::invalid_argument);
    job.mounts = {{"/usr/share", "/a", false}};
    CHECK_THROWS_AS(run_in_sandbox(job), std::invalid_argument);
    job.arguments.clear();
    CHECK_THROWS_AS(run_in_sandbox(job), std::invalid_argument);
  }

  TEST_CASE("sandbox: a fork bomb makes few processes, none survives, and its neighbour does not notice") {
    const std::string mark = new_mark();
    Job job = attempt("fork_bomb", mark);
    job.limits.wall = 4s;
    Outcome bomb;
    std::thread thread([&] { bomb = run_in_sandbox(job); });
    std::this_thread::sleep_for(300ms);
    const Outcome neighbour = run_in_sandbox(shell_job("for i in 1 2 3 4 5; do ls / > /dev/null || echo bad; done"));
    thread.join();
    CHECK(neighbour.succeeded());
    CHECK(neighbour.output.empty());
    CHECK(bomb.timed_out);
    CHECK(std::count(bomb.output.begin(), bomb.output.end(), '\n') == job.limits.processes);
    CHECK(all_gone(mark));
  }

  TEST_CASE("sandbox: memory, files and descriptors end at their limits") {
    Job job = attempt("memory_bomb");
    if (job.limits.address_space == 0) {
      MESSAGE("skipped in part: AddressSanitizer, which this is built with, needs terabytes of address space");
    } else {
      job.limits.address_space = 256 << 20;
      const long mebibytes = number_after(run_in_sandbox(job).output, "MiB");
      CHECK(mebibytes > 100);
      CHECK(mebibytes < 256);
    }
    for (const char* name : {"fill_tmp", "fill_shm"}) {
      job = attempt(name);
      job.limits.tmp_bytes = 20 << 20;
      CHECK(number_after(run_in_sandbox(job).output, "MiB") == 20);
    }
    CHECK(number_after(run_in_sandbox(attempt("huge_file")).output, "ftruncate") == -1);
    CHECK(number_after(run_in_sandbox(attempt("descriptor_bomb")).output, "opened") == 60);
  }

  TEST_CASE("sandbox: an endless loop ends at the processor limit, even if it ignores signals") {
    Job job = attempt("busy");
    job.limits.cpu = 1s;
    Outcome outcome = run_in_sandbox(job);
    CHECK(outcome.signal == SIGXCPU);
    CHECK_FALSE(outcome.timed_out);
    job.arguments[1] = "busy_and_deaf";
    outcome = run_in_sandbox(job);
    CHECK(outcome.signal == SIGKILL);
  }

  TEST_CASE("sandbox: a stopped program ends at the wall limit") {
    const std::string mark = new_mark();
    Job job = attempt("stop", mark);
    job.limits.wall = 500ms;
    CHECK(run_in_sandbox(job).timed_out);
    CHECK(all_gone(mark));
  }

  TEST_CASE("sandbox: a daemon in a session of its own ends with the program") {
    const std::string mark = new_mark();
    const Outcome outcome = run_in_sandbox(attempt("daemon", mark));
    CHECK(outcome.exit_status == 0);
    CHECK_FALSE(outcome.timed_out);
    CHECK(all_gone(mark));
  }

  TEST_CASE("sandbox: limits cannot be raised, nor other rights be had") {
    const std::string output = run_in_sandbox(attempt("raise_limits")).output;
    CHECK(number_after(output, "raised") == 0);
    CHECK(number_after(output, "became root") == 0);
    CHECK(run_in_sandbox(attempt("forbidden_calls")).output == "done 0\n");
  }

  TEST_CASE("sandbox: killing everything reaches nothing outside") {
    const Outcome outcome = run_in_sandbox(attempt("kill_everything"));
    CHECK(outcome.output == "alive 1\n");
  }

  TEST_CASE("sandbox: scribbling on every descriptor changes no file of the host") {
    const OpenFolder folder;
    std::ofstream(folder / "input") << "given";
    chmod((folder / "input").c_str(), 0666);
    Job job = attempt("scribble");
    job.input = folder / "input";
    const Outcome outcome = run_in_sandbox(job);
    CHECK(outcome.output == "scribblescribble");
    CHECK(text_of(outcome.answer) == "scribble");
    CHECK(fs::file_size(folder / "input") == 5);
  }

  TEST_CASE("sandbox: when the judge is killed, its jobs die") {
    const std::string mark = new_mark();
    const pid_t judge = fork();
    if (judge == 0) {
      Job job = shell_job("setsid sh -c 'while true; do sleep 1; done' " + mark + " & sleep 1000; echo " + mark);
      job.limits.wall = 60s;
      run_in_sandbox(job);
      _exit(0);
    }
    CHECK(wait_for_processes(mark, 4).size() >= 4);
    kill(judge, SIGKILL);
    waitpid(judge, nullptr, 0);
    CHECK(all_gone(mark));
  }

  TEST_CASE("unsafe: jobs find their mounts under the names that they have inside") {
    const OpenFolder folder;
    fs::create_directories(folder / "in");
    std::ofstream(folder / "in/text") << "text";
    Job job = shell_job("cat /a/b/text; echo $WHERE /a/bc; touch here; pwd");
    job.mounts = {{folder / "in", "/a/b", false}, {folder.folder.path(), "/a", false}};
    job.environment = {"WHERE=-I/a/b"};
    const Outcome outcome = run_in_sandbox(job, Isolation::unsafe);
    const std::string base = folder.folder.path().string();
    const std::string start = "text-I" + base + "/in " + base + "/bc\n";
    REQUIRE(outcome.output.starts_with(start));
    const fs::path scratch = outcome.output.substr(start.size(), outcome.output.size() - start.size() - 1);
    CHECK(scratch.is_absolute());
    CHECK_FALSE(fs::exists(scratch));
  }

  TEST_CASE("unsafe: limits for time, files and memory work") {
    Job job = attempt("busy");
    job.limits.cpu = 1s;
    CHECK(run_in_sandbox(job, Isolation::unsafe).signal == SIGXCPU);
    if (job.limits.address_space != 0) {  // it is 0 under AddressSanitizer
      job = attempt("memory_bomb");
      job.limits.address_space = 256 << 20;
      CHECK(number_after(run_in_sandbox(job, Isolation::unsafe).output, "MiB") < 256);
    }
    CHECK(number_after(run_in_sandbox(attempt("descriptor_bomb"), Isolation::unsafe).output, "opened") == 60);
  }
}

TEST_CASE("all of this holds for an ordinary user as it does for root") {
  if (geteuid() != 0) return;
  grader::Command command;
  const std::string program = fs::read_symlink("/proc/self/exe").string();
  command.arguments = {
      "setpriv", "--reuid=65534", "--regid=65534",       "--clear-groups", "--inh-caps=-all", "--bounding-set=-all",
      "--",      program,         "--test-suite=sandbox"};
  command.folder = "/";
  command.wall_limit = 600s;
  const Outcome outcome = run(command);
  if (outcome.output.find("Permission denied") != std::string::npos) {
    MESSAGE("skipped: the build folder is closed to other users");
    return;
  }
  INFO(outcome.output);
  CHECK(outcome.succeeded());
}
