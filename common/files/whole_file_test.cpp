#include "files/whole_file.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <vector>

#include "files/scratch_folder.hpp"

namespace {

/// Lets no file grow beyond a number of bytes until the end of a scope.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before_) == 0);
    const rlimit small{bytes, before_.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

}  // namespace

TEST_SUITE("whole file") {
  TEST_CASE("what is written whole is read whole, text and bytes") {
    const nn::ScratchFolder scratch;
    const std::string text("two\nlines\0and a zero\r\n", 22);
    nn::write_whole(scratch.path() / "text", text);
    CHECK(nn::read_whole(scratch.path() / "text") == text);
    nn::write_whole(scratch.path() / "bytes", std::as_bytes(std::span(text)));
    CHECK(nn::read_whole(scratch.path() / "bytes") == text);
    nn::write_whole(scratch.path() / "empty", "");
    CHECK(nn::read_whole(scratch.path() / "empty").empty());
  }

  TEST_CASE("a file that is written replaces an older one, and its folder is made") {
    const nn::ScratchFolder scratch;
    const auto path = scratch.path() / "new" / "folder" / "file";
    nn::write_whole(path, "a long first text");
    nn::write_whole(path, "second");
    CHECK(nn::read_whole(path) == "second");
    CHECK(std::distance(std::filesystem::directory_iterator(path.parent_path()), {}) == 1);
  }

  TEST_CASE("reading names the file that is missing or a folder") {
    const nn::ScratchFolder scratch;
    for (const auto& path : {scratch.path() / "missing", scratch.path()}) {
      CHECK_THROWS_WITH_AS(nn::read_whole(path), (path.string() + " cannot be read").c_str(), std::runtime_error);
    }
  }

  TEST_CASE("a write that fails leaves the older file and nothing else") {
    const nn::ScratchFolder scratch;
    const auto path = scratch.path() / "file";
    nn::write_whole(path, "older");
    std::error_code why;
    {
      const FileSizeLimit limit(100);
      try {
        nn::write_whole(path, std::vector<std::byte>(1000));
      } catch (const std::system_error& error) {
        why = error.code();
      }
    }
    CHECK(why == std::errc::file_too_large);
    CHECK(nn::read_whole(path) == "older");
    CHECK(scratch.names() == std::vector<std::string>{"file"});
  }

  TEST_CASE("a file that cannot be created or put in its place is an error that leaves nothing behind") {
    const nn::ScratchFolder scratch;
    nn::write_whole(scratch.path() / "file", "older");
    CHECK_THROWS_AS(nn::write_whole(scratch.path() / "file" / "below", ""), std::system_error);
    std::filesystem::create_directory(scratch.path() / "folder");
    CHECK_THROWS_AS(nn::write_whole(scratch.path() / "folder", ""), std::system_error);
    CHECK(scratch.names() == std::vector<std::string>{"file", "folder"});
  }
}
