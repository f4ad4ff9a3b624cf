#include "scratch_repository.hpp"

#include <fstream>

namespace fs = std::filesystem;

void ScratchRepository::write(const fs::path& path, const std::string& text) const {
  fs::create_directories((root() / path).parent_path());
  std::ofstream(root() / path) << text;
}

void ScratchRepository::add_lab(const std::string& name, const std::string& description) const {
  write(fs::path("labs") / name / "lab.json", description);
}

fs::path ScratchRepository::add_script(const std::string& name, const std::string& body) const {
  write(name, "#!/bin/sh\n" + body + "\n");
  fs::permissions(root() / name, fs::perms::owner_all);
  return root() / name;
}
