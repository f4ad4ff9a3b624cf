#include "files/scratch_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <mutex>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace nn {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view name_form = "course-XXXXXX";

/// Opens a folder and locks it for as long as it is open. Returns -1 if it is gone, or if its maker still has the lock
/// and we should not wait.
int open_locked(const fs::path& path, bool wait) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder >= 0 && ::flock(folder, LOCK_EX | (wait ? 0 : LOCK_NB)) == 0) return folder;
  if (folder >= 0) ::close(folder);
  return -1;
}

bool is_still_at(const fs::path& path, int folder) {
  struct stat opened {};
  struct stat found {};
  return ::fstat(folder, &opened) == 0 && ::lstat(path.c_str(), &found) == 0 && opened.st_ino == found.st_ino;
}

bool is_ours(const fs::path& path) {
  const std::string name = path.filename();
  struct stat status {};
  return name.size() == name_form.size() && name.starts_with("course-") && ::lstat(path.c_str(), &status) == 0 &&
         S_ISDIR(status.st_mode) && status.st_uid == ::geteuid();
}

}  // namespace

void remove_abandoned(const fs::path& folder) {
  std::error_code ignored;
  for (fs::directory_iterator entry(folder, ignored); entry != fs::directory_iterator(); entry.increment(ignored)) {
    const fs::path path = entry->path();
    const int abandoned = is_ours(path) ? open_locked(path, false) : -1;
    if (abandoned < 0) continue;
    fs::remove_all(path, ignored);
    ::close(abandoned);
  }
}

ScratchFolder::ScratchFolder() {
  const fs::path folder = fs::temp_directory_path();
  static std::once_flag once;
  std::call_once(once, remove_abandoned, folder);

  // Another program may take it for abandoned until it is locked
  do {
    if (lock_ >= 0) ::close(lock_);
    std::string name = folder / name_form;
    if (mkdtemp(name.data()) == nullptr) {
      throw std::system_error(errno, std::generic_category(), "cannot make a folder in " + folder.string());
    }
    path_ = name;
    lock_ = open_locked(path_, true);
  } while (lock_ < 0 || !is_still_at(path_, lock_));
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  ::close(lock_);
}

std::vector<std::string> ScratchFolder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_)) {
    names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace nn
