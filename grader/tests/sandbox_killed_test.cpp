#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <unistd.h>

#include "sandbox.hpp"

namespace fs = std::filesystem;
using grader::Outcome;
using namespace std::chrono_literals;

namespace {

/// Kills the sandbox whose command line holds the mark, once it is there. Returns whether it was.
bool kill_sandbox(const std::string& mark) {
  for (int i = 0; i < 1000; ++i, std::this_thread::sleep_for(10ms)) {
    for (const auto& entry : fs::directory_iterator("/proc")) {
      std::ifstream file(entry.path() / "cmdline", std::ios::binary);
      const std::string line(std::istreambuf_iterator<char>(file), {});
      if (line.starts_with("bwrap") && line.find(mark) != std::string::npos) {
        return kill(std::stoi(entry.path().filename().string()), SIGTERM) == 0;
      }
    }
  }
  return false;
}

Outcome run_and_kill(int times, const std::string& mark) {
  grader::Job job;
  job.arguments = {"sh", "-c", "sleep 2; echo done", mark};
  job.limits = grader::test_limits();
  Outcome outcome;
  std::thread thread([&] { outcome = run_in_sandbox(job); });
  for (int i = 0; i < times; ++i) {
    CHECK(kill_sandbox(mark));
    std::this_thread::sleep_for(200ms);
  }
  thread.join();
  return outcome;
}

}  // namespace

TEST_SUITE("sandbox") {
  TEST_CASE("sandbox: a job whose sandbox is killed from outside is run again, but once") {
    const std::string mark = "killed-" + std::to_string(getpid());
    const Outcome once = run_and_kill(1, mark + "-once");
    CHECK(once.succeeded());
    CHECK(once.output == "done\n");
    const Outcome twice = run_and_kill(2, mark + "-twice");
    CHECK(twice.signal == SIGTERM);
    CHECK_FALSE(twice.timed_out);
  }
}
