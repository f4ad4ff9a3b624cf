#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "system/limits.hpp"

namespace grader {

/// The folder of cgroup v2 below which this process may make groups with limits for memory and processes; nothing if
/// there is none on this machine. It is searched for once. If this process is alone in its own group, as under
/// `systemd-run --user --scope -p Delegate=yes`, it moves into a child group "course", as the kernel requires.
const std::optional<std::filesystem::path>& control_groups();

/// The same for a cgroup file system mounted at `mount`, where `own` is the group of this process in /proc/self/cgroup
/// ("/user.slice").
std::optional<std::filesystem::path> find_control_groups(const std::filesystem::path& mount, const std::string& own);

/// A group for one job. At the end of the scope all its processes are killed and it is removed.
class ControlGroup {
 public:
  /// Makes a group below the parent. Throws std::system_error if it cannot.
  ControlGroup(const std::filesystem::path& parent, const Limits& limits);
  ControlGroup(const ControlGroup&) = delete;
  ControlGroup& operator=(const ControlGroup&) = delete;
  ~ControlGroup();

  /// The words in front of a command that make it join the group first.
  std::vector<std::string> entrance() const;
  /// Whether the group reached its own memory limit, not that of the machine or of a parent group.
  bool reached_its_memory() const;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace grader
