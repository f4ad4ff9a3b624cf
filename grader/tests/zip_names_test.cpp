#include <clocale>
#include <cstdint>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "files/scratch_folder.hpp"
#include "submission/submission.hpp"

namespace fs = std::filesystem;
using grader::read_submission;
using grader::Submission;
using nn::ScratchFolder;

namespace {

/// A zip file with one file "one\n" of this name, byte for byte; libarchive writes no such names.
fs::path write_zip(const fs::path& path, const std::string& name, bool says_utf8) {
  const auto number = [](std::uint32_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFFU);
    return text;
  };
  // Version, flags, method, time, date, CRC-32 of "one\n", compressed and whole size, lengths of name and extra field
  const std::string header = number(20, 2) + number(says_utf8 ? 0x800 : 0, 2) + number(0, 4) + number(0x21, 2) +
                             number(0xF817A89F, 4) + number(4, 4) + number(4, 4) +
                             number(static_cast<std::uint32_t>(name.size()), 2) + number(0, 2);
  const std::string local = "PK\3\4" + header + name + "one\n";
  const std::string central = "PK\1\2" + number(20, 2) + header + std::string(14, '\0') + name;
  std::ofstream(path) << local << central << "PK\5\6" << number(0, 4) << number(1, 2) << number(1, 2)
                      << number(static_cast<std::uint32_t>(central.size()), 4)
                      << number(static_cast<std::uint32_t>(local.size()), 4) << number(0, 2);
  return path;
}

/// A locale of the whole program, as LC_ALL would set it, for the length of a test.
struct Locale {
  explicit Locale(const char* name) { REQUIRE(std::setlocale(LC_ALL, name) != nullptr); }
  ~Locale() { std::setlocale(LC_ALL, "C"); }
};

}  // namespace

TEST_CASE(
    "a zip file of Windows or macOS is read under every locale: Korean names as UTF-8 or CP949, backslashes too") {
  const std::string cp949 = "\xB1\xE8\xB9\xCE\xBC\xF6";  // 김민수
  const ScratchFolder folder;
  for (const std::string locale : {"C", "C.UTF-8"}) {
    const Locale all(locale.c_str());
    for (const std::string slash : {"/", "\\"}) {
      for (const int way : {0, 1, 2}) {
        const std::string name = way == 2 ? cp949 : "김민수";
        const bool says_utf8 = way == 0;
        CAPTURE(locale);
        CAPTURE(slash);
        CAPTURE(name);
        CAPTURE(says_utf8);
        const fs::path zip = folder.path() / "kim.zip";
        const Submission submission =
            read_submission(write_zip(zip, name + slash + "mlp.cpp", says_utf8), {{"mlp.cpp"}});
        CHECK(submission.error == "");
        CHECK(submission.files == std::map<std::string, std::string>{{"mlp.cpp", "one\n"}});
        const Submission other = read_submission(write_zip(zip, name + slash + "notes.txt", says_utf8), {{"mlp.cpp"}});
        CHECK(other.ignored == std::vector<std::string>{"김민수/notes.txt"});
      }
    }
    CHECK(read_submission(write_zip(folder.path() / "bad.zip", "..\\mlp.cpp", false), {{"mlp.cpp"}}).ignored ==
          std::vector<std::string>{"../mlp.cpp (leads outside)"});
  }
  CHECK(grader::student_of(cp949 + ".zip") == "김민수");
}
