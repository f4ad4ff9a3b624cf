#include "sandbox/sandbox_parts.hpp"

#include <atomic>
#include <cctype>
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>
#include <utility>

#include "sandbox/control_group.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr int shell_signal_base = 128;  // bubblewrap exits with this plus the signal that ended the program
constexpr int last_signal = 64;

Words environment_of(const Job& job) {
  Words environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/tmp", "OPENBLAS_NUM_THREADS=1",
                       "OMP_NUM_THREADS=1"};
  environment.insert(environment.end(), job.environment.begin(), job.environment.end());
  return environment;
}

struct Run {
  Outcome outcome;
  bool reached_its_memory = false;
};

Run run_once(Command command, const Limits& limits) {
  if (!control_groups()) return {run(command)};
  const ControlGroup group(*control_groups(), limits);
  const Words entrance = group.entrance();
  command.arguments.insert(command.arguments.begin(), entrance.begin(), entrance.end());
  Outcome outcome = run(command);
  return {std::move(outcome), group.reached_its_memory()};
}

/// Whether the job may have been killed by something other than its limits: the machine ran out of memory, or a person
/// killed it.
bool killed_from_outside(const Run& run, const Limits& limits) {
  const Outcome& outcome = run.outcome;
  const int signal = signal_of(outcome);
  const bool has_time = !outcome.timed_out && outcome.cpu_seconds < static_cast<double>(limits.cpu.count());
  return has_time && !run.reached_its_memory && (signal == SIGKILL || signal == SIGTERM);
}

}  // namespace

int signal_of(const Outcome& outcome) {
  const int told = outcome.exit_status - shell_signal_base;
  return outcome.signal == 0 && told > 0 && told <= last_signal ? told : outcome.signal;
}

uid_t job_user() {
  static std::atomic<unsigned> count{0};
  // In a user namespace, for example in a container, few users may exist.
  std::ifstream map("/proc/self/uid_map");
  std::uint64_t first = 0;
  std::uint64_t outside = 0;
  std::uint64_t length = 0;
  map >> first >> outside >> length;
  const auto job = static_cast<std::uint64_t>(getpid()) * 256 + count++ % 256;
  const bool all_users = length >= 0xffff'ffff;
  return static_cast<uid_t>(all_users ? 2'000'000 + job : 20'000 + job % 40'000);
}

Words limit_words(const Limits& limits) {
  const std::string memory = limits.address_space == 0 ? "unlimited" : std::to_string(limits.address_space);
  return {"prlimit",
          fmt::format("--cpu={}:{}", limits.cpu.count(), limits.cpu.count() + 1),
          "--as=" + memory,
          fmt::format("--nofile={}", limits.open_files),
          fmt::format("--fsize={}", limits.file_size),
          "--core=0"};
}

Command command_of(const Job& job) {
  Command command;
  command.input = job.input;
  command.environment = environment_of(job);
  command.clear_environment = true;
  command.wall_limit = job.limits.wall;
  command.output_limit = job.limits.output_bytes;
  command.answer_limit = job.limits.answer_bytes;
  return command;
}

Outcome run_in_group(const Command& command, const Limits& limits) {
  Run run = run_once(command, limits);
  if (killed_from_outside(run, limits)) run = run_once(command, limits);
  return std::move(run.outcome);
}

std::string on_host(const std::string& text, const std::vector<Mount>& mounts) {
  const auto goes_on = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; };
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const Mount* longest = nullptr;
    for (const Mount& mount : mounts) {
      const std::string& inside = mount.inside.native();
      const std::size_t end = i + inside.size();
      const bool whole = end >= text.size() || !goes_on(text[end]);
      if (text.compare(i, inside.size(), inside) == 0 && whole &&
          (longest == nullptr || longest->inside.native().size() < inside.size())) {
        longest = &mount;
      }
    }
    result += longest == nullptr ? text.substr(i, 1) : longest->host.string();
    i += longest == nullptr ? 1 : longest->inside.native().size();
  }
  return result;
}

Words folders_above(const fs::path& path) {
  Words folders;
  for (fs::path folder = path.parent_path(); folder != folder.parent_path(); folder = folder.parent_path()) {
    folders.insert(folders.begin(), folder.string());
  }
  return folders;
}

}  // namespace grader
