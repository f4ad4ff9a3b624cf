#pragma once

#include <filesystem>

namespace grader {

/// Holds a file's lock during a scope, so that two runs of the program wait for each other. The launcher locks
/// build/lock in the same way.
class FileLock {
 public:
  /// Waits for the lock; makes the file and its folder if needed. Throws std::system_error if that fails.
  explicit FileLock(const std::filesystem::path& file);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  int descriptor_;
};

}  // namespace grader
