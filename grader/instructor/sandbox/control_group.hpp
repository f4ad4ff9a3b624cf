#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "system/limits.hpp"

namespace grader {

/// The folder of cgroup v2 below which this process may make groups with limits of memory and of processes; nothing
/// where the machine has none to give. Looked for once. Where this process is alone in a group that is its own, as
/// under `systemd-run --user --scope -p Delegate=yes`, it moves into a group "course" below, as the kernel demands.
const std::optional<std::filesystem::path>& control_groups();

/// The same for a cgroup file system mounted at `mount`, where `own` is the group of this process, as /proc/self/cgroup
/// names it ("/user.slice").
std::optional<std::filesystem::path> find_control_groups(const std::filesystem::path& mount, const std::string& own);

/// A group for one job. At the end of the scope all its processes are killed, and it is gone.
class ControlGroup {
 public:
  /// Makes a group below the parent. Throws std::system_error if it cannot.
  ControlGroup(const std::filesystem::path& parent, const Limits& limits);
  ControlGroup(const ControlGroup&) = delete;
  ControlGroup& operator=(const ControlGroup&) = delete;
  ~ControlGroup();

  /// The words to put in front of a command, so that it enters the group before anything else.
  std::vector<std::string> entrance() const;
  /// Whether the group came to the end of its own memory, not to that of the machine or of a group above.
  bool reached_its_memory() const;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace grader
