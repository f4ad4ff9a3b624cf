#include <csignal>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <thread>
#include <unistd.h>

#include "files/scratch_folder.hpp"
#include "jobs.hpp"
#include "processes.hpp"
#include "sandbox/sandbox.hpp"

namespace fs = std::filesystem;
using grader::Isolation;
using grader::Job;
using grader::Outcome;
using nn::ScratchFolder;
using namespace std::chrono_literals;

namespace {

Job job_of(const std::string& script, const fs::path& writable) {
  Job job = shell_job(script);
  job.mounts = {{writable, "/kept", true}};
  return job;
}

std::string runs(const fs::path& folder) {
  std::ifstream file(folder / "runs");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Ends the sandbox whose command line holds the mark, once its job has begun to run for the `run`th time.
void end_sandbox(const std::string& mark, const fs::path& folder, std::size_t run) {
  for (int i = 0; i < 3000 && runs(folder).size() < run; ++i) std::this_thread::sleep_for(10ms);
  REQUIRE(runs(folder).size() == run);
  for (const auto& [id, line] : processes_with(mark)) {
    if (line.starts_with("bwrap")) kill(id, SIGTERM);
  }
}

}  // namespace

TEST_SUITE("sandbox") {
  TEST_CASE("sandbox: a job that sends itself a signal is not run again") {
    for (const Isolation isolation : {Isolation::sandbox, Isolation::unsafe}) {
      for (const auto& [name, signal] : std::map<std::string, int>{{"KILL", SIGKILL}, {"TERM", SIGTERM}}) {
        CAPTURE(name);
        const ScratchFolder folder;
        const std::string script = "umask 0; printf x >> /kept/runs; kill -" + name + " $$; kill -" + name + " -1";
        CHECK(run_in_sandbox(job_of(script, folder.path()), isolation).signal == signal);
        CHECK(runs(folder.path()) == "x");
      }
    }
  }

  TEST_CASE("sandbox: a job that crashes, fails or uses up its time is not run again") {
    for (const std::string end : {"kill -SEGV $$", "exit 1", "trap '' XCPU; while :; do :; done", "kill -STOP $$"}) {
      CAPTURE(end);
      const ScratchFolder folder;
      Job job = job_of("printf x >> /kept/runs; " + end, folder.path());
      job.limits.cpu = 1s;
      job.limits.wall = 5s;
      CHECK_FALSE(run_in_sandbox(job).succeeded());
      CHECK(runs(folder.path()) == "x");
    }
  }

  TEST_CASE("sandbox: a job that is killed at the end of its own memory is not run again") {
    const bool bounded = grader::containment(Isolation::sandbox) == "bubblewrap, cgroup v2";
    const ScratchFolder folder;
    Job job = job_of("printf x >> /kept/runs; head -c 150000000 /dev/zero > /tmp/file", folder.path());
    job.limits.address_space = 40 << 20;
    job.limits.file_size = job.limits.tmp_bytes = 200 << 20;
    const Outcome outcome = run_in_sandbox(job);
    CHECK(outcome.signal == (bounded ? SIGKILL : 0));
    CHECK(runs(folder.path()) == "x");
  }

  TEST_CASE("sandbox: a job whose sandbox is ended from outside is run once more") {
    const ScratchFolder folder;
    const std::string mark = "ended-" + std::to_string(getpid());
    const Job job = job_of("printf x >> /kept/runs; sleep 2; echo done " + mark, folder.path());
    for (const std::size_t times : {1, 2}) {
      fs::remove(folder.path() / "runs");
      Outcome outcome;
      std::jthread thread([&] { outcome = run_in_sandbox(job); });
      for (std::size_t run = 1; run <= times; ++run) end_sandbox(mark, folder.path(), run);
      thread.join();
      CHECK(outcome.succeeded() == (times == 1));
      CHECK(outcome.signal == (times == 1 ? 0 : SIGTERM));
    }
  }
}
