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

/// How many processes the kernel has killed because memory ran out, since the machine started.
std::uint64_t kernel_kills() {
  std::ifstream statistics("/proc/vmstat");
  std::string name;
  for (std::uint64_t value = 0; statistics >> name >> value;) {
    if (name == "oom_kill") return value;
  }
  return 0;
}

Outcome run_once(Command command, const Limits& limits) {
  const std::uint64_t kills_before = kernel_kills();
  if (!control_groups()) {
    Outcome outcome = run(command);
    outcome.machine_out_of_memory = kernel_kills() > kills_before;
    return outcome;
  }
  const ControlGroup group(*control_groups(), limits);
  const Words entrance = group.entrance();
  command.arguments.insert(command.arguments.begin(), entrance.begin(), entrance.end());
  Outcome outcome = run(command);
  outcome.machine_out_of_memory = kernel_kills() > kills_before && !group.reached_its_memory();
  return outcome;
}

/// Whether something other than the job killed it within its limits. A signal alone tells nothing: the job can send
/// itself any. The kernel's own count does, and so does the end of a sandbox that nothing inside can reach.
bool killed_from_outside(const Outcome& outcome, const Limits& limits, Reach reach) {
  const bool has_time = !outcome.timed_out && outcome.cpu_seconds < static_cast<double>(limits.cpu.count());
  const bool sandbox_ended = reach == Reach::inside && (outcome.signal == SIGKILL || outcome.signal == SIGTERM);
  return has_time && (sandbox_ended || (signal_of(outcome) == SIGKILL && outcome.machine_out_of_memory));
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

Outcome run_in_group(const Command& command, const Limits& limits, Reach reach) {
  Outcome outcome = run_once(command, limits);
  if (killed_from_outside(outcome, limits, reach)) outcome = run_once(command, limits);
  return outcome;
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
