#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nn {

/// A new, empty folder under the system's folder for temporary files, readable by nobody else, removed with all that is
/// in it at the end of the object.
class ScratchFolder {
 public:
  /// Throws std::system_error if there can be no such folder.
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// The names of what lies in the folder, sorted.
  std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

}  // namespace nn
