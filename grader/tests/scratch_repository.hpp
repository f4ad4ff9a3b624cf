#pragma once

#include <filesystem>
#include <string>

#include "files/scratch_folder.hpp"

/// A folder with the layout of the repository, for the duration of a test.
class ScratchRepository {
 public:
  const std::filesystem::path& root() const { return folder_.path(); }

  /// Writes a file, and its parent folders.
  void write(const std::filesystem::path& path, const std::string& text) const;
  /// Makes labs/<name>/lab.json.
  void add_lab(const std::string& name, const std::string& description) const;
  /// Makes a program: a shell script. Returns its path.
  std::filesystem::path add_script(const std::string& name, const std::string& body) const;

 private:
  nn::ScratchFolder folder_;
};
