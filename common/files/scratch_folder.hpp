#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nn {

/// A new, empty folder under the system's folder for temporary files, readable by nobody else. It is removed with its
/// contents when the object is destroyed.
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
};

}  // namespace nn
