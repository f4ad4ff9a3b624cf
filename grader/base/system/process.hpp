#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace grader {

/// A program to run to its end.
struct Command {
  std::vector<std::string> arguments;    // the program first; found on PATH like in a shell
  std::filesystem::path input;           // a copy of this file is standard input; empty for none
  std::filesystem::path folder;          // where to run; empty for here
  std::vector<std::string> environment;  // "NAME=value" added to ours
  bool clear_environment = false;        // start from an empty environment
  std::chrono::milliseconds wall_limit{60'000};
  std::chrono::milliseconds last_words{0};  // from wall_limit on, when it gets SIGXCPU, until it is killed
  std::size_t output_limit = 1 << 20;  // bytes kept of standard output and error together; the rest is read and dropped
  std::size_t output_end = 0;          // but for so many bytes at its end
  std::size_t answer_limit = 0;        // bytes kept of descriptor 3; 0 gives the program no such descriptor
  std::map<int, std::string> contents;  // what the program can read from other descriptors, 4 to 63
  bool show = false;                    // standard output and error are passed to ours instead of being kept
  std::function<void(const std::string& output)> watch;  // called several times a second, with the output so far
};

/// The result of a program.
struct Outcome {
  int exit_status = -1;  // -1 if a signal ended it
  int signal = 0;
  bool timed_out = false;              // it reached wall_limit and its process group was killed
  bool output_cut = false;             // it wrote more than output_limit
  bool answer_cut = false;             // it wrote more than answer_limit
  bool machine_out_of_memory = false;  // the kernel killed processes meanwhile, not for a limit of its own
  std::string output;
  std::string output_end;          // of an output that was cut, as much as Command says
  std::size_t output_dropped = 0;  // line feeds between the two
  std::vector<std::byte> answer;
  double wall_seconds = 0;
  double cpu_seconds = 0;  // of all processes that ended by themselves; the time of killed processes may be missing

  bool succeeded() const { return exit_status == 0 && !timed_out; }
};

/// Runs the command in its own session and process group, reads its output, and kills the whole group at the wall time
/// limit and when the command has ended. The program gets only the descriptors 0, 1, 2 and those given here. An
/// interrupt of this process (SIGINT, SIGTERM, SIGHUP) is forwarded to every running group. May be called by several
/// threads at once. Throws std::system_error if the command cannot be started, its input cannot be read or its folder
/// cannot be entered.
Outcome run(const Command& command);

/// Does from now on what run begins with: passes interrupts on to every group that runs, unless something else handles
/// them by now; and becomes the parent of their orphans, so that they can be waited for.
void pass_interrupts_on();

/// Becomes the program, with these arguments after its name. Returns only by an exception: std::system_error if it
/// cannot be run.
[[noreturn]] void become(const std::filesystem::path& program, std::vector<std::string> arguments);

}  // namespace grader
