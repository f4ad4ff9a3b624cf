#pragma once

#include <filesystem>

namespace grader {

/// Holds a file's lock for the length of a scope, so that two runs of the program take turns. The launcher takes
/// build/lock in the same way.
class FileLock {
 public:
  /// Waits for the lock; makes the file, and its folder, if need be. Throws std::system_error if that fails.
  explicit FileLock(const std::filesystem::path& file);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  int descriptor_;
};

}  // namespace grader
