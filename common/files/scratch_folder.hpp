#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nn {

/// A new, empty folder under the system's folder for temporary files, readable by nobody else. It is removed with its
/// contents when the object is destroyed; if the program is killed before that, the next program that makes one removes
/// it.
class ScratchFolder {
 public:
  /// Throws std::system_error if the folder cannot be made.
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// The names of the folder's entries, sorted.
  std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
  int lock_ = -1;  // on the folder: the kernel releases it when the program ends, however it ends
};

/// Removes the scratch folders in a folder whose programs have ended without doing it.
void remove_abandoned(const std::filesystem::path& folder);

}  // namespace nn
