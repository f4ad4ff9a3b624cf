#include "system/process.hpp"

#include <csignal>
#include <cstring>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

#include "processes.hpp"

using grader::Command;
using grader::Outcome;
using namespace std::chrono_literals;

namespace {

Command shell(const std::string& script) {
  Command command;
  command.arguments = {"sh", "-c", script};
  return command;
}

bool is_alive(const std::string& pid) { return kill(std::stoi(pid), 0) == 0; }

}  // namespace

TEST_CASE("a program's output, error output and exit status are kept") {
  const Outcome outcome = run(shell("echo out; echo error >&2; exit 7"));
  CHECK(outcome.output == "out\nerror\n");
  CHECK(outcome.exit_status == 7);
  CHECK(outcome.signal == 0);
  CHECK_FALSE(outcome.succeeded());
  CHECK(run(shell("true")).succeeded());
}

TEST_CASE("a signal that ends a program is reported as such") {
  const Outcome outcome = run(shell("kill -SEGV $$"));
  CHECK(outcome.exit_status == -1);
  CHECK(outcome.signal == SIGSEGV);
  CHECK_FALSE(outcome.timed_out);
}

TEST_CASE("a program that ignores SIGTERM ends at the wall limit, with what it started") {
  Command command = shell("trap '' TERM; sleep 1000 & echo $!; while true; do sleep 1; done");
  command.wall_limit = 200ms;
  const Outcome outcome = run(command);
  CHECK(outcome.timed_out);
  CHECK(outcome.signal == SIGKILL);
  CHECK(outcome.wall_seconds >= 0.2);
  CHECK_FALSE(is_alive(outcome.output));
}

TEST_CASE("what a program leaves running in its group ends with it") {
  const Outcome outcome = run(shell("sleep 1000 & echo $!"));
  CHECK(outcome.succeeded());
  CHECK_FALSE(is_alive(outcome.output));
}

TEST_CASE("a process that fled into a new session and holds the pipe is not waited for") {
  const Outcome outcome = run(shell("setsid sleep 1000 & echo $!"));
  CHECK(outcome.succeeded());
  kill(std::stoi(outcome.output), SIGKILL);
}

TEST_CASE("a process that left the group and writes forever is not waited for, and does not hide the answer") {
  Command command = shell("setsid sh -c 'echo $$ >&3; exec yes' & sleep 0.3; echo last >&3");
  command.answer_limit = 100;
  const Outcome outcome = run(command);
  CHECK(outcome.succeeded());
  const std::string answer = text_of(outcome.answer);
  CHECK(answer.ends_with("last\n"));
  kill(std::stoi(answer), SIGKILL);
}

TEST_CASE("a stopped program ends at the wall limit") {
  Command command = shell("kill -STOP $$");
  command.wall_limit = 200ms;
  CHECK(run(command).timed_out);
}

TEST_CASE("long output is cut at the limit and does not block the program") {
  Command command = shell("head -c 50000000 /dev/zero; echo done >&3");
  command.output_limit = 1000;
  command.answer_limit = 100;
  const Outcome outcome = run(command);
  CHECK(outcome.succeeded());
  CHECK(outcome.output.size() == 1000);
  CHECK(outcome.output_cut);
  CHECK(text_of(outcome.answer) == "done\n");
  CHECK_FALSE(outcome.answer_cut);
}

TEST_CASE("a long answer is cut at the limit and does not block the program") {
  Command command = shell("head -c 50000000 /dev/zero >&3");
  command.answer_limit = 100'000;
  const Outcome outcome = run(command);
  CHECK(outcome.succeeded());
  CHECK(outcome.answer.size() == 100'000);
  CHECK(outcome.answer_cut);
}

TEST_CASE("a program gets no descriptor that it was not given") {
  const int left_open = open("/dev/null", O_RDONLY);
  Command command = shell("ls /proc/$$/fd");
  CHECK(run(command).output == "0\n1\n2\n");
  command.answer_limit = 1;
  CHECK(run(command).output == "0\n1\n2\n3\n");
  command.contents[5] = "five";
  CHECK(run(command).output == "0\n1\n2\n3\n5\n");
  close(left_open);
}

TEST_CASE("contents are read from their descriptors") {
  Command command = shell("cat <&4; cat <&9");
  command.contents = {{4, "four\n"}, {9, std::string(3'000'000, 'x')}};
  CHECK(run(command).output == "four\n" + std::string((1 << 20) - 5, 'x'));
  command.contents = {{64, ""}};
  CHECK_THROWS_AS(run(command), std::invalid_argument);
}

TEST_CASE("standard input is empty when none is given") { CHECK(run(shell("cat; echo end")).output == "end\n"); }

TEST_CASE("a big input file arrives whole, and the program cannot change it") {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / ("input." + std::to_string(getpid()));
  std::ofstream(path) << std::string(20'000'000, 'a');
  Command command = shell("wc -c; : > /proc/self/fd/0");
  command.input = path;
  CHECK(run(command).output.starts_with("20000000\n"));
  CHECK(std::filesystem::file_size(path) == 20'000'000);
  std::filesystem::remove(path);
}

TEST_CASE("a missing program, input or folder is a clear error") {
  const auto message = [](const Command& command) {
    try {
      run(command);
    } catch (const std::system_error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  Command command;
  command.arguments = {"no-such-program"};
  CHECK(message(command) == "cannot run no-such-program: No such file or directory");
  command.arguments = {"true"};
  command.input = "/no/such/file";
  CHECK(message(command) == "cannot read /no/such/file: No such file or directory");
  command.input.clear();
  command.folder = "/no/such/folder";
  CHECK(message(command) == "cannot run in /no/such/folder: No such file or directory");
}

TEST_CASE("the environment is ours with additions, or only the additions") {
  setenv("COURSE_TEST_VARIABLE", "ours", 1);
  Command command = shell("echo $COURSE_TEST_VARIABLE $OTHER");
  command.environment = {"OTHER=other"};
  CHECK(run(command).output == "ours other\n");
  command.environment = {"COURSE_TEST_VARIABLE=new"};
  CHECK(run(command).output == "new\n");
  command.arguments = {"env"};
  command.clear_environment = true;
  CHECK(run(command).output == "COURSE_TEST_VARIABLE=new\n");
}

TEST_CASE("a program runs in the folder it is told") {
  Command command = shell("pwd");
  command.folder = "/usr/lib";
  CHECK(run(command).output == "/usr/lib\n");
}

TEST_CASE("the time of a program and of its children is counted") {
  const Outcome outcome = run(shell("(i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done)"));
  CHECK(outcome.cpu_seconds > 0.01);
  CHECK(run(shell("sleep 0.2")).cpu_seconds < 0.2);
}

TEST_CASE("programs run at the same time do not disturb each other") {
  std::vector<std::thread> threads;
  std::vector<int> statuses(8, -1);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 10; ++round) {
        const Outcome outcome = run(shell("echo " + std::to_string(i) + "; exit " + std::to_string(i)));
        if (outcome.output != std::to_string(i) + "\n") return;
        statuses[static_cast<std::size_t>(i)] = outcome.exit_status;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(statuses == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7});
}

TEST_CASE("an interrupt is passed on to the programs that run") {
  // Become the parent of processes that the interrupted child leaves behind, to see their end
  REQUIRE(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  if (child == 0) {
    Command command = shell("echo $$; exec sleep 1000");
    std::signal(SIGINT, SIG_DFL);
    dup2(ends[1], STDOUT_FILENO);
    command.show = true;
    run(command);
    _exit(0);
  }
  char pid[32] = {};
  REQUIRE(read(ends[0], pid, sizeof pid - 1) > 0);
  kill(child, SIGINT);
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGINT);
  CHECK(waitpid(std::stoi(pid), &status, 0) == std::stoi(pid));
  CHECK(WTERMSIG(status) == SIGINT);
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("of output without an end, its beginning and its end are kept, and the lines between are counted") {
  Command command;
  command.arguments = {"seq", "1", "100000"};
  command.output_limit = 10;
  command.output_end = 13;
  const Outcome outcome = run(command);
  CHECK(outcome.output == "1\n2\n3\n4\n5\n");
  CHECK(outcome.output_end == "99999\n100000\n");
  CHECK(outcome.output_dropped + 5 + 2 == 100000);
}
