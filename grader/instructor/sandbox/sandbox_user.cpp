#include "sandbox/sandbox_user.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "files/scratch_folder.hpp"
#include "sandbox/sandbox_filter.hpp"
#include "sandbox/sandbox_parts.hpp"
#include "system/spawn.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

/// The program as_user is in the same folder as this program.
std::string as_user() { return (fs::read_symlink("/proc/self/exe").parent_path() / "as_user").string(); }

/// Makes a folder, and its parents, that everybody may enter.
void make_open_folder(const fs::path& base, const fs::path& inside) {
  fs::path folder = base;
  for (const fs::path& part : inside.relative_path()) {
    folder /= part;
    if (fs::create_directory(folder)) {
      fs::permissions(folder, fs::perms(0755));
    }
  }
}

/// Adds a file to the tree: as a hard link if possible, else as a copy with the same time.
void show_file(const fs::path& host, const fs::path& place) {
  std::error_code error;
  fs::create_hard_link(host, place, error);
  if (error) {
    fs::copy_file(host, place, fs::copy_options::overwrite_existing);
    fs::last_write_time(place, fs::last_write_time(host));
  }
}

/// A folder with everything that the job may see, each mount at its inside path. It is removed at the end of the scope.
class JobTree {
 public:
  JobTree(const std::vector<Mount>& mounts, uid_t user) : mounts_(mounts) {
    fs::permissions(root(), fs::perms(0711));
    fs::create_directory(root() / "tmp");
    give(root() / "tmp", user);
    try {
      for (const Mount& mount : mounts_) {
        show(mount, user);
      }
    } catch (...) {
      take_back();
      throw;
    }
  }
  JobTree(const JobTree&) = delete;
  JobTree& operator=(const JobTree&) = delete;
  ~JobTree() { take_back(); }

  const fs::path& root() const { return scratch_.path(); }

  /// The paths in the tree for the job's inside paths: the mounts, and their parent folders.
  std::vector<Mount> mounts() const {
    std::vector<Mount> places{{root() / "tmp", "/tmp", true}};
    for (const Mount& mount : mounts_) {
      places.push_back({place_of(mount), mount.inside, mount.writable});
      for (const fs::path folder : folders_above(mount.inside)) {
        places.push_back({root() / folder.relative_path(), folder, false});
      }
    }
    return places;
  }

 private:
  fs::path place_of(const Mount& mount) const { return root() / mount.inside.relative_path(); }

  static void give(const fs::path& path, uid_t user) {
    if (lchown(path.c_str(), user, user) != 0) fail_with_errno("cannot give the job " + path.string());
  }

  void show(const Mount& mount, uid_t user) {
    const fs::path place = place_of(mount);
    make_open_folder(root(), mount.inside.parent_path());
    if (mount.writable) {
      fs::rename(mount.host, place);
      give(place, user);
    } else if (fs::is_directory(mount.host)) {
      make_open_folder(root(), mount.inside);
      for (const fs::directory_entry& entry : fs::recursive_directory_iterator(mount.host)) {
        const fs::path inside = mount.inside / entry.path().lexically_relative(mount.host);
        if (entry.is_directory() && !entry.is_symlink()) {
          make_open_folder(root(), inside);
        } else if (entry.is_regular_file()) {
          show_file(entry.path(), root() / inside.relative_path());
        }
      }
    } else {
      show_file(mount.host, place);
    }
  }

  /// Moves written files back to the host. A move follows no link and opens no file.
  void take_back() const {
    std::error_code ignored;
    for (const Mount& mount : mounts_) {
      if (mount.writable && !fs::exists(fs::symlink_status(mount.host))) {
        fs::rename(place_of(mount), mount.host, ignored);
      }
    }
  }

  nn::ScratchFolder scratch_;
  std::vector<Mount> mounts_;
};

/// Ends all processes of the user, including those that left the job's session.
void end_user(uid_t user) {
  Command command;
  command.arguments = {as_user(), std::to_string(user), "--end"};
  if (!run(command).succeeded()) {
    throw std::runtime_error(fmt::format("cannot end the processes of user {}", user));
  }
}

/// The text without the path of the tree, so that it shows the paths that the job's author knows.
std::string without(std::string text, const std::string& name) {
  for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos;) {
    text.erase(at, name.size());
  }
  return text;
}

}  // namespace

Outcome run_as_user(const Job& job) {
  const uid_t user = job_user();
  const JobTree tree(job.mounts, user);
  const std::vector<Mount> places = tree.mounts();
  Command command = command_of(job);
  command.folder = on_host(job.folder.string(), places);
  for (std::string& entry : command.environment) entry = on_host(entry, places);
  command.environment.push_back("TMPDIR=" + (tree.root() / "tmp").string());
  command.contents[filter_descriptor] = sandbox_filter();

  // If memory runs out, the kernel kills the job first
  command.arguments = {"choom", "-n", "1000", "--", as_user(), std::to_string(user)};
  for (const std::string& word : limit_words(job.limits)) command.arguments.push_back(word);
  command.arguments.push_back(fmt::format("--nproc={}", job.limits.processes));
  command.arguments.push_back("--");
  for (const std::string& argument : job.arguments) command.arguments.push_back(on_host(argument, places));
  Outcome outcome = run_in_group(command, job.limits, Reach::command);
  end_user(user);
  outcome.output = without(std::move(outcome.output), tree.root().string());
  return outcome;
}

}  // namespace grader
