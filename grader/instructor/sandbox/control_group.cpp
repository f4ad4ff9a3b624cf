#include "sandbox/control_group.hpp"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "system/spawn.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr const char* controllers = "+memory +pids";
constexpr unsigned processes_of_the_sandbox = 3;
constexpr std::uint64_t memory_of_the_sandbox = 32 << 20;  // and for the kernel's data of the job, such as page tables
constexpr int max_tries_to_remove = 500;

/// Writes to one of the kernel's files. False, with errno, if the kernel refuses.
bool put(const fs::path& file, const std::string& text) {
  const int opened = open(file.c_str(), O_WRONLY | O_CLOEXEC);
  if (opened < 0) return false;
  const ssize_t count = write(opened, text.data(), text.size());
  const int error = errno;
  close(opened);
  errno = error;
  return count == static_cast<ssize_t>(text.size());
}

/// Does a list of controllers, such as cgroup.subtree_control, contain the two that we need?
bool has_controllers(const fs::path& file) {
  std::ifstream in(file);
  bool memory = false;
  bool pids = false;
  for (std::string word; in >> word;) {
    memory = memory || word == "memory";
    pids = pids || word == "pids";
  }
  return memory && pids;
}

/// The group of this process, from the line "0::/user.slice" of /proc/self/cgroup; empty if there is none.
std::string own_group() {
  std::ifstream in("/proc/self/cgroup");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("0::")) return line.substr(3);
  }
  return "";
}

/// The mount point of cgroup v2; empty if it is not mounted. A line of mountinfo: "30 23 0:26 / /sys/fs/cgroup rw -
/// cgroup2 ...".
fs::path mount_point() {
  std::ifstream in("/proc/self/mountinfo");
  for (std::string line; std::getline(in, line);) {
    if (line.find(" - cgroup2 ") == std::string::npos) continue;
    std::istringstream words(line);
    std::string word;
    std::string root;
    for (int i = 0; i < 4; ++i) words >> root;
    words >> word;
    // Skip mounts with a different root than /proc/self/cgroup, for example from outside a container
    if (root == "/") return word;
  }
  return {};
}

}  // namespace

std::optional<fs::path> find_control_groups(const fs::path& mount, const std::string& own) {
  if (mount.empty() || own.empty()) return std::nullopt;
  const fs::path group = mount / fs::path(own).relative_path();
  if (!has_controllers(group / "cgroup.controllers") || access(group.c_str(), W_OK) != 0) return std::nullopt;
  if (has_controllers(group / "cgroup.subtree_control")) return group;

  // A group that passes its controllers to child groups may not contain processes: move down, and back if that fails
  const fs::path below = group / "course";
  if (mkdir(below.c_str(), 0755) != 0 && errno != EEXIST) return std::nullopt;
  if (put(below / "cgroup.procs", "0")) {
    if (put(group / "cgroup.subtree_control", controllers)) return group;
    put(group / "cgroup.procs", "0");
  }
  rmdir(below.c_str());
  return std::nullopt;
}

const std::optional<fs::path>& control_groups() {
  static const std::optional<fs::path> found = find_control_groups(mount_point(), own_group());
  return found;
}

ControlGroup::ControlGroup(const fs::path& parent, const Limits& limits) {
  static std::atomic<unsigned> count{0};
  for (bool made = false; !made;) {
    path_ = parent / fmt::format("course-{}-{}", getpid(), count++);
    made = mkdir(path_.c_str(), 0755) == 0;
    // An earlier grader with our process id may have been killed and have left its groups
    if (!made && errno != EEXIST) fail_with_errno("cannot make the cgroup " + path_.string());
  }
  // A process that reaches its own limit must get an error, as without a cgroup, instead of being killed
  const std::string memory =
      limits.address_space == 0 ? "max" : std::to_string(limits.address_space + memory_of_the_sandbox);
  const auto limit = [&] {
    return put(path_ / "memory.max", memory) &&
           put(path_ / "pids.max", std::to_string(limits.processes + processes_of_the_sandbox));
  };
  // Without Delegate=yes, systemd removes the controllers when it reloads
  const bool limited = limit() || (put(parent / "cgroup.subtree_control", controllers) && limit());
  if (!limited) {
    const int error = errno;
    rmdir(path_.c_str());
    errno = error;
    fail_with_errno("cannot limit the cgroup " + path_.string());
  }
  // A kernel may be built without swap. If memory runs out, the whole group is killed
  put(path_ / "memory.swap.max", "0");
  put(path_ / "memory.oom.group", "1");
}

ControlGroup::~ControlGroup() {
  put(path_ / "cgroup.kill", "1");
  for (int i = 0; i < max_tries_to_remove && rmdir(path_.c_str()) != 0 && errno == EBUSY; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

bool ControlGroup::reached_its_memory() const {
  std::ifstream in(path_ / "memory.events");
  std::string event;
  for (std::uint64_t count = 0; in >> event >> count;) {
    if (event == "oom") return count > 0;
  }
  return false;
}

std::vector<std::string> ControlGroup::entrance() const {
  return {"sh", "-c", R"(echo 0 > "$0/cgroup.procs" && exec "$@")", path_.string()};
}

}  // namespace grader
