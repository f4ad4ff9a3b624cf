#include "files/scratch_folder.hpp"

#include <doctest/doctest.h>
#include <fstream>

namespace fs = std::filesystem;

TEST_SUITE("scratch folder") {
  TEST_CASE("a scratch folder is new, empty and closed to others, and gone with all that is in it") {
    fs::path path;
    {
      const nn::ScratchFolder first;
      const nn::ScratchFolder second;
      CHECK(first.path() != second.path());
      CHECK(first.names().empty());
      CHECK(fs::status(first.path()).permissions() == fs::perms::owner_all);
      path = first.path();
      fs::create_directories(path / "folder" / "deep");
      std::ofstream(path / "folder" / "file") << "text";
      CHECK(fs::exists(path / "folder" / "file"));
    }
    CHECK_FALSE(fs::exists(path));
  }

  TEST_CASE("names lists files and folders of a scratch folder in order, and not what lies deeper") {
    const nn::ScratchFolder scratch;
    for (const char* name : {"b", "a", ".c"}) std::ofstream(scratch.path() / name) << "text";
    fs::create_directories(scratch.path() / "folder" / "deep");
    CHECK(scratch.names() == std::vector<std::string>{".c", "a", "b", "folder"});
  }
}
