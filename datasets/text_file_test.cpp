#include "datasets/text_file.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <string>
#include <zlib.h>

#include "datasets/message_of.hpp"
#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"
#include "text/utf8.hpp"

namespace {

using Strings = std::vector<std::string>;

void write_compressed(const std::filesystem::path& path, const std::string& text) {
  const gzFile file = gzopen(path.c_str(), "wb");
  REQUIRE(gzwrite(file, text.data(), static_cast<unsigned>(text.size())) == static_cast<int>(text.size()));
  gzclose(file);
}

}  // namespace

TEST_CASE("text files are read whether compressed or not") {
  const nn::ScratchFolder scratch;
  std::string longer;
  for (int i = 0; i < 30'000; ++i) {
    longer += "한글 " + std::to_string(i) + "\n";
  }
  nn::write_whole(scratch.path() / "plain.txt", longer);
  write_compressed(scratch.path() / "packed.txt.gz", longer);
  CHECK(nn::read_text_file(nn::find_plain_or_gz(scratch.path(), "plain.txt")) == longer);
  CHECK(nn::read_text_file(nn::find_plain_or_gz(scratch.path(), "packed.txt")) == longer);
  nn::write_whole(scratch.path() / "dos.txt", std::string_view("a\r\n\r\nb"));
  CHECK(nn::read_text_lines(scratch.path() / "dos.txt") == Strings{"a", "", "b"});
}

TEST_CASE("a text file that is missing or cut off or not UTF-8 is refused") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "a.txt";
  CHECK(nn::message_of([&] { nn::find_plain_or_gz(scratch.path(), "a.txt"); }) ==
        path.string() + " is missing, with or without .gz");
  CHECK(nn::message_of([&] { nn::read_text_file(path); }) ==
        path.string() + " cannot be opened (No such file or directory)");
  nn::write_whole(path, std::string_view("a\nb\xff"));
  CHECK_THROWS_WITH_AS(nn::read_text_file(path),
                       (path.string() + " is not UTF-8: byte 0xff at offset 3, line 2").c_str(), nn::Utf8Error);
  write_compressed(path, std::string(100'000, 'a'));
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  CHECK(nn::message_of([&] { nn::read_text_file(path); }) ==
        path.string() + " is cut off inside its gzip data; download it again");
}
