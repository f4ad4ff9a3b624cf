#include "scratch_repository.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace fs = std::filesystem;

ScratchRepository::ScratchRepository() {
  std::string pattern = (fs::temp_directory_path() / "course-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error("cannot make a folder for the test");
  }
  root_ = pattern;
}

ScratchRepository::~ScratchRepository() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

void ScratchRepository::write(const fs::path& path, const std::string& text) const {
  fs::create_directories((root_ / path).parent_path());
  std::ofstream(root_ / path) << text;
}

void ScratchRepository::add_lab(const std::string& name, const std::string& json) const {
  write(fs::path("labs") / name / "lab.json", json);
}

fs::path ScratchRepository::add_script(const std::string& name, const std::string& body) const {
  write(name, "#!/bin/sh\n" + body + "\n");
  fs::permissions(root_ / name, fs::perms::owner_all);
  return root_ / name;
}
