#include "sandbox/sandbox.hpp"

#include <fmt/format.h>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

#include "files/scratch_folder.hpp"
#include "sandbox/control_group.hpp"
#include "sandbox/sandbox_filter.hpp"
#include "sandbox/sandbox_parts.hpp"
#include "sandbox/sandbox_user.hpp"
#include "system/spawn.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

void append(Words& words, const Words& more) { words.insert(words.end(), more.begin(), more.end()); }

bool is_root() { return geteuid() == 0; }

/// The host's /usr, and what else a compiler and a dynamic linker need.
Words system_mounts() {
  Words words = {"--ro-bind", "/usr", "/usr"};
  for (const std::string path : {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"}) {
    if (fs::is_symlink(path)) {
      append(words, {"--symlink", fs::read_symlink(path).string(), path});
    } else if (fs::is_directory(path)) {
      append(words, {"--ro-bind", path, path});
    }
  }
  append(words, {"--dir", "/etc"});
  for (const std::string path : {"/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d"}) {
    append(words, {"--ro-bind-try", path, path});
  }
  return words;
}

/// Everything writable has a size limit, so the root and /dev become read-only afterwards.
Words scratch_mounts(const Limits& limits, const std::vector<Mount>& mounts) {
  const std::string size = std::to_string(limits.tmp_bytes);
  Words words = {"--proc", "/proc", "--dev", "/dev"};
  // Process 1 is bubblewrap and has the same user, unless we are root: no file may give access to its memory and
  // descriptors
  append(words, {"--perms", "0555", "--size", "4096", "--tmpfs", "/proc/1", "--remount-ro", "/proc/1"});
  for (const std::string path : {"/tmp", "/dev/shm"}) {
    append(words, {"--perms", "1777", "--size", size, "--tmpfs", path});
  }
  for (const Mount& mount : mounts) {
    // Folders that bubblewrap creates are accessible only to its own user
    for (const std::string& folder : folders_above(mount.inside)) append(words, {"--dir", folder});
    append(words, {mount.writable ? "--bind" : "--ro-bind", mount.host.string(), mount.inside.string()});
  }
  append(words, {"--remount-ro", "/dev", "--remount-ro", "/"});
  return words;
}

/// Checks the mounts, so that our own errors are not reported as the student's.
void check(const Job& job) {
  if (job.arguments.empty()) throw std::invalid_argument("run_in_sandbox: the job has no program");
  for (const Mount& mount : job.mounts) {
    struct stat status {};
    const std::string host = mount.host.string();
    if (!mount.inside.is_absolute()) {
      throw std::invalid_argument(fmt::format("run_in_sandbox: {} is not an absolute path", mount.inside.string()));
    }
    if (stat(host.c_str(), &status) != 0) {
      throw std::invalid_argument(fmt::format("run_in_sandbox: {} does not exist, so it cannot be mounted", host));
    }
    if (host.starts_with("/usr/")) {
      throw std::invalid_argument(
          fmt::format("run_in_sandbox: every job sees all of /usr, so {} must not be there: move it elsewhere", host));
    }
    const mode_t needed = S_ISDIR(status.st_mode) ? S_IROTH | S_IXOTH : S_IROTH;
    if (is_root() && !mount.writable && (status.st_mode & needed) != needed) {
      throw std::invalid_argument(fmt::format(
          "run_in_sandbox: root's jobs run as a different user, who may not read {}. Allow it with: chmod o+rX", host));
    }
  }
}

/// As root, bubblewrap needs no user namespace, and the program runs as a separate user. Otherwise it runs as our user,
/// in a user namespace.
Words bubblewrap_words(const Job& job, uid_t user) {
  const std::string id = std::to_string(user);
  // If memory runs out, the kernel kills the sandbox first.
  Words words = {"choom", "-n", "1000", "--", "bwrap", "--die-with-parent", "--hostname", "sandbox"};
  append(words, {"--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"});
  append(words, {"--cap-drop", "ALL"});
  if (is_root()) {
    append(words, {"--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"});
  } else {
    append(words, {"--unshare-user", "--uid", "1000", "--gid", "1000"});
  }
  append(words, {"--seccomp", std::to_string(filter_descriptor)});
  append(words, system_mounts());
  append(words, scratch_mounts(job.limits, job.mounts));
  append(words, {"--chdir", job.folder.string(), "--"});
  append(words, limit_words(job.limits));
  // Process 1 of the sandbox counts only if it has the same user.
  words.push_back(fmt::format("--nproc={}", job.limits.processes + (is_root() ? 0 : 1)));
  words.push_back("--");
  if (is_root()) {
    append(words, {"setpriv", "--reuid", id, "--regid", id, "--clear-groups", "--no-new-privs", "--inh-caps=-all",
                   "--bounding-set=-all", "--"});
  }
  append(words, job.arguments);
  return words;
}

Outcome run_sandboxed(const Job& job) {
  const uid_t user = job_user();
  Command command = command_of(job);
  command.arguments = bubblewrap_words(job, user);
  command.contents[filter_descriptor] = sandbox_filter();
  for (const Mount& mount : job.mounts) {
    if (mount.writable && is_root() && lchown(mount.host.c_str(), user, user) != 0) {
      fail_with_errno("cannot give the sandbox " + mount.host.string());
    }
  }
  Outcome outcome = run_in_group(command, job.limits, Reach::inside);
  if (const int signal = signal_of(outcome); signal != 0) {
    outcome.exit_status = -1;
    outcome.signal = signal;
  }
  return outcome;
}

Outcome run_unsafe(const Job& job) {
  const nn::ScratchFolder scratch;
  Command command = command_of(job);
  command.folder = job.folder == "/tmp" ? scratch.path().string() : on_host(job.folder.string(), job.mounts);
  for (std::string& entry : command.environment) entry = on_host(entry, job.mounts);
  append(command.environment, {"HOME=" + scratch.path().string(), "TMPDIR=" + scratch.path().string()});
  append(command.arguments, {"setpriv", "--pdeathsig", "KILL", "--no-new-privs", "--"});
  append(command.arguments, limit_words(job.limits));
  command.arguments.push_back("--");
  for (const std::string& argument : job.arguments) command.arguments.push_back(on_host(argument, job.mounts));
  return run_in_group(command, job.limits, Reach::command);
}

}  // namespace

std::string containment(Isolation isolation) {
  return fmt::format("{}, {}", name_of(isolation), control_groups() ? "cgroup v2" : "rlimits");
}

Outcome run_in_sandbox(const Job& job, Isolation isolation) {
  check(job);
  switch (isolation) {
    case Isolation::sandbox:
      return run_sandboxed(job);
    case Isolation::user:
      return run_as_user(job);
    case Isolation::unsafe:
      return run_unsafe(job);
  }
  throw std::invalid_argument("run_in_sandbox: no such isolation");
}

}  // namespace grader
