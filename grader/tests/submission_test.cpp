#include "submission/submission.hpp"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <sys/stat.h>
#include <tuple>
#include <unistd.h>

#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"
#include "submission/archive.hpp"

namespace fs = std::filesystem;
using grader::read_submission;
using grader::Submission;
using grader::SubmissionLimits;
using nn::ScratchFolder;

namespace {

const grader::Wanted allowed = {{"mlp.cpp", "linear.cpp"}};
using Files = std::map<std::string, std::string>;

struct Entry {
  std::string path;
  std::string content;
  unsigned type = AE_IFREG;
  std::string hard_link = {};
};

fs::path write_entries(const fs::path& path, const std::vector<Entry>& entries) {
  archive* writer = archive_write_new();
  if (path.extension() == ".zip") {
    archive_write_set_format_zip(writer);
  } else {
    archive_write_set_format_pax_restricted(writer);
    archive_write_add_filter_gzip(writer);
  }
  REQUIRE(archive_write_open_filename(writer, path.c_str()) == ARCHIVE_OK);
  for (const Entry& entry : entries) {
    archive_entry* header = archive_entry_new();
    archive_entry_set_pathname(header, entry.path.c_str());
    archive_entry_set_filetype(header, entry.type);
    archive_entry_set_perm(header, 0644);
    if (entry.type == AE_IFLNK) archive_entry_set_symlink(header, entry.content.c_str());
    if (!entry.hard_link.empty()) archive_entry_set_hardlink(header, entry.hard_link.c_str());
    const bool has_data = entry.type == AE_IFREG && entry.hard_link.empty();
    archive_entry_set_size(header, has_data ? static_cast<la_int64_t>(entry.content.size()) : 0);
    REQUIRE(archive_write_header(writer, header) >= ARCHIVE_WARN);
    if (has_data) archive_write_data(writer, entry.content.data(), entry.content.size());
    archive_entry_free(header);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  return path;
}

Submission read_entries(const std::vector<Entry>& entries, const std::string& name = "kim.tar.gz",
                        const SubmissionLimits& limits = {}) {
  const ScratchFolder folder;
  return read_submission(write_entries(folder.path() / name, entries), allowed, limits);
}

bool ignores(const Submission& submission, const std::string& note) {
  return std::find(submission.ignored.begin(), submission.ignored.end(), note) != submission.ignored.end();
}

}  // namespace

TEST_CASE("allowed files at the root or in one top folder count, in each kind of archive") {
  for (const std::string name : {"kim.tar.gz", "kim.tgz", "kim.zip"}) {
    for (const std::string prefix : {"", "./", "kim-main/", "./a folder/"}) {
      CAPTURE(name + " " + prefix);
      const Submission submission = read_entries({{prefix + "mlp.cpp", "one"}, {prefix + "linear.cpp", "two"}}, name);
      CHECK(submission.error == "");
      CHECK(submission.student == "kim");
      CHECK(submission.files == Files{{"mlp.cpp", "one"}, {"linear.cpp", "two"}});
      CHECK(submission.ignored.empty());
    }
  }
}

TEST_CASE("a folder reads as an archive of it does") {
  const ScratchFolder folder;
  const fs::path kim = folder.path() / "kim";
  fs::create_directories(kim / "inner/deeper");
  std::ofstream(kim / "inner/mlp.cpp") << "one";
  std::ofstream(kim / "inner/deeper/mlp.cpp") << "deep";
  std::ofstream(kim / "notes.txt") << "notes";
  const Submission submission = read_submission(kim.string() + "/", allowed);
  CHECK(submission.error == "");
  CHECK(submission.student == "kim");
  CHECK(submission.files == Files{{"mlp.cpp", "one"}});
  CHECK(ignores(submission, "notes.txt"));
  CHECK(ignores(submission, "inner/deeper/mlp.cpp"));
  CHECK(submission.sha256 == read_entries({{"mlp.cpp", "one"}}).sha256);
}

TEST_CASE("links and devices in a folder are not followed or opened") {
  const ScratchFolder folder;
  std::ofstream(folder.path() / "secret") << "secret";
  const fs::path kim = folder.path() / "kim";
  fs::create_directories(kim);
  fs::create_symlink("../secret", kim / "mlp.cpp");
  fs::create_directory_symlink("..", kim / "up");
  REQUIRE(mkfifo((kim / "linear.cpp").c_str(), 0644) == 0);
  const Submission submission = read_submission(kim, allowed);
  CHECK(submission.error == "It contains none of the expected files: mlp.cpp, linear.cpp");
  CHECK(submission.files.empty());
  CHECK(submission.ignored.size() == 3);
  CHECK(ignores(submission, "mlp.cpp (a link)"));
  CHECK(ignores(submission, "up (a link)"));
  CHECK(ignores(submission, "linear.cpp (not a regular file)"));
}

TEST_CASE("a backslash in a name of a tar archive is a letter") {
  CHECK(ignores(read_entries({{"kim\\mlp.cpp", "one"}}), "kim\\mlp.cpp"));
}

TEST_CASE("links, devices and paths that lead outside are ignored in an archive") {
  const Submission submission = read_entries({{"linear.cpp", "good"},
                                              {"mlp.cpp", "/etc/passwd", AE_IFLNK},
                                              {"a/mlp.cpp", "", AE_IFREG, "/etc/passwd"},
                                              {"b/mlp.cpp", "", AE_IFIFO},
                                              {"c/mlp.cpp", "", AE_IFCHR},
                                              {"../mlp.cpp", "bad"},
                                              {"d/../mlp.cpp", "bad"},
                                              {"/mlp.cpp", "bad"},
                                              {"CMakeLists.txt", "bad"},
                                              {".git/hooks/pre-commit", "bad"},
                                              {"mlp.cpp\nmlp.cpp\x1b[31m", "bad"}});
  CHECK(submission.error == "");
  CHECK(submission.files == Files{{"linear.cpp", "good"}});
  CHECK(submission.ignored.size() == 10);
  CHECK(ignores(submission, "mlp.cpp (a link)"));
  CHECK(ignores(submission, "a/mlp.cpp (a link)"));
  CHECK(ignores(submission, "b/mlp.cpp (not a regular file)"));
  CHECK(ignores(submission, "c/mlp.cpp (not a regular file)"));
  CHECK(ignores(submission, "../mlp.cpp (leads outside)"));
  CHECK(ignores(submission, "d/../mlp.cpp (leads outside)"));
  CHECK(ignores(submission, "/mlp.cpp (leads outside)"));
  CHECK(ignores(submission, "CMakeLists.txt"));
  CHECK(ignores(submission, "mlp.cpp?mlp.cpp?[31m"));
}

TEST_CASE("the root counts before a folder, and one folder before a guess between two") {
  Submission submission = read_entries({{"old/mlp.cpp", "old"}, {"mlp.cpp", "new"}});
  CHECK(submission.files == Files{{"mlp.cpp", "new"}});
  CHECK(ignores(submission, "old/mlp.cpp"));
  submission = read_entries({{"old/mlp.cpp", "old"}, {"new/mlp.cpp", "new"}});
  CHECK(submission.error == "It contains several folders with these files, such as new and old: hand in only one");
  CHECK(submission.files.empty());
  CHECK(submission.sha256.size() == 64);
}

TEST_CASE("a file that is the only one of its name counts at any depth, in a folder and in an archive") {
  CHECK(read_entries({{"Users/kim/lab/02/mlp.cpp", "deep"}}).files == Files{{"mlp.cpp", "deep"}});
  CHECK(read_entries({{"a/b/mlp.cpp", "one"}, {"c/linear.cpp", "two"}}).files.size() == 2);
  const ScratchFolder folder;
  fs::create_directories(folder.path() / "kim/a/b/c");
  std::ofstream(folder.path() / "kim/a/b/c/mlp.cpp") << "deep";
  const Submission submission = read_submission(folder.path() / "kim", allowed);
  CHECK(submission.files == Files{{"mlp.cpp", "deep"}});
  CHECK(submission.paths == std::vector<std::string>{"a/b/c/mlp.cpp"});
}

TEST_CASE("of a whole course the lab's file counts, not its starter") {
  const Submission submission = read_entries({{"course/labs/02_mlp/starter/mlp.cpp", "starter"},
                                              {"course/labs/02_mlp/mlp.cpp", "mine"},
                                              {"course/README.md", ""}});
  CHECK(submission.files == Files{{"mlp.cpp", "mine"}});
  CHECK(ignores(submission, "course/labs/02_mlp/starter/mlp.cpp"));
  CHECK(read_entries({{"a/mlp.cpp", "one"}, {"ab/mlp.cpp", "two"}}).error.starts_with("It contains several folders"));
}

TEST_CASE("a submission without the expected file says what is there instead") {
  const auto error_of = [](const std::vector<Entry>& entries) {
    const ScratchFolder folder;
    return read_submission(write_entries(folder.path() / "kim.zip", entries), {{"mlp.cpp"}}).error;
  };
  const std::string none = "It contains none of the expected files: mlp.cpp";
  CHECK(error_of({{"MLP.cpp", "x"}}) == none + ". There is MLP.cpp: it must be called mlp.cpp");
  CHECK(error_of({{"main.cpp", "x"}, {"report.pdf", "x"}}) == none + ". There is main.cpp: it must be called mlp.cpp");
  CHECK(error_of({{"main.cpp", "x"}, {"kim/mlp (1).cpp", "x"}}) ==
        none + ". There is kim/mlp (1).cpp, main.cpp: the file of this lab must be called mlp.cpp");
  CHECK(error_of({{"mlp.cpp.txt", "x"}, {"mlp_test.cpp", "x"}}) ==
        none + ". There is mlp.cpp.txt: it must be called mlp.cpp");
  CHECK(error_of({{"report.pdf", "x"}, {"__MACOSX/._mlp.cpp", "x"}, {".DS_Store", "x"}}) ==
        none + ". There is report.pdf");
  CHECK(error_of({{"__MACOSX/._mlp.cpp", "x"}}) == none);
  CHECK(error_of({{"a.cpp", "x"}, {"b.cpp", "x"}, {"c.cpp", "x"}, {"d.cpp", "x"}, {"e\x1b[31m_mlp.cpp", "x"}}) ==
        none + ". There is e?[31m_mlp.cpp, a.cpp, b.cpp: the file of this lab must be called mlp.cpp");
}

TEST_CASE("what operating systems leave behind is not reported") {
  const Submission submission = read_entries({{"mlp.cpp", "one"},
                                              {"__MACOSX/._mlp.cpp", "x"},
                                              {".DS_Store", "x"},
                                              {"kim/Thumbs.db", "x"},
                                              {"desktop.ini", "x"}});
  CHECK(submission.files == Files{{"mlp.cpp", "one"}});
  CHECK(submission.ignored.empty());
}

TEST_CASE("a name in other letters does not count, and the note says what it must be") {
  const Submission submission = read_entries({{"MLP.cpp", "big"}, {"kim/Mlp.CPP", "mixed"}, {"mlp.cpp", "right"}});
  CHECK(submission.files == Files{{"mlp.cpp", "right"}});
  CHECK(ignores(submission, "MLP.cpp (must be called mlp.cpp)"));
  CHECK(ignores(submission, "kim/Mlp.CPP (must be called mlp.cpp)"));
}

TEST_CASE("an allowed file that is there twice, too large or no text is an error that says so") {
  CHECK(read_entries({{"mlp.cpp", "one"}, {"./mlp.cpp", "two"}}).error == "mlp.cpp is in it twice");
  const std::string large((1 << 20) + 1, 'x');
  CHECK(read_entries({{"mlp.cpp", large}}).error == "mlp.cpp is larger than 1024 KiB");
  CHECK(read_entries({{"mlp.cpp", large.substr(1)}}).error == "");
  CHECK(read_entries({{"mlp.cpp", std::string("a\0b", 3)}}).error ==
        "mlp.cpp is not a text file: it contains a zero byte");
}

TEST_CASE("an archive that unpacks to too much is refused, wherever it hides it") {
  SubmissionLimits limits;
  limits.scanned_bytes = 8 << 20;
  for (const std::string name : {"kim.tar.gz", "kim.zip"}) {
    const Submission submission =
        read_entries({{"data.bin", std::string(9 << 20, '\0')}, {"mlp.cpp", "one"}}, name, limits);
    CHECK(submission.error == "It is larger than 8 MiB. Hand in only: mlp.cpp, linear.cpp");
  }
  limits = {};
  limits.entries = 100;
  const std::vector<Entry> many(101, {"x", ""});
  CHECK(read_entries(many, "kim.zip", limits).error ==
        "It has more than 100 files and folders. Hand in only: mlp.cpp, linear.cpp");
  limits = {};
  limits.seconds = 0;
  CHECK(read_entries({{"mlp.cpp", "one"}}, "kim.zip", limits).error.starts_with("Reading it takes too long"));
}

TEST_CASE("the list of what is ignored has an end") {
  std::vector<Entry> entries = {{"mlp.cpp", "one"}};
  for (int i = 0; i < 200; ++i) entries.push_back({"x" + std::to_string(i) + std::string(500, 'y'), ""});
  const Submission submission = read_entries(entries);
  CHECK(submission.error == "");
  REQUIRE(submission.ignored.size() == 51);
  CHECK(submission.ignored.back() == "... and 150 more");
  CHECK(submission.ignored.front().size() < 120);
}

TEST_CASE("whatever an archive is cut to or overwritten with, reading it ends with files or an error") {
  const ScratchFolder folder;
  for (const std::string name : {"kim.tar.gz", "kim.zip"}) {
    const std::string whole = nn::read_whole(
        write_entries(folder.path() / name, {{"a/mlp.cpp", std::string(3000, 'm')}, {"a/linear.cpp", "linear"}}));
    for (std::size_t i = 0; i < whole.size(); ++i) {
      std::string changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ 0x55);
      for (const std::string& bytes : {whole.substr(0, i), changed}) {
        std::ofstream(folder.path() / "changed", std::ios::binary) << bytes;
        const Submission submission = read_submission(folder.path() / "changed", allowed);
        CHECK(submission.error.empty() == !submission.files.empty());
        CHECK(submission.sha256.size() == 64);
      }
    }
  }
}

TEST_CASE("other kinds of files are refused each with a sentence for the student, never with a library's words") {
  const ScratchFolder folder;
  const std::vector<std::tuple<std::string, std::string, std::string>> kinds = {
      {"kim.zip", std::string("7z\xBC\xAF\x27\x1C\0\0", 8), "a 7z archive"},
      {"kim.rar", "Rar!\x1A\x07\x01", "a RAR archive"},
      {"kim.pdf", "%PDF-1.7", "a PDF document"},
      {"kim.tar.xz",
       "\xFD"
       "7zXZ",
       "compressed with xz"},
      {"kim.cpp", "int main() {}", "a single file, kim.cpp"},
      {"kim.zip", "PK\3\4 and no more", "its end is missing"},
      {"kim.tar", "no archive", "is damaged"},
      {"kim.tar.gz", "\x1F\x8B\x08 and no more", "It cannot be read"}};
  for (const auto& [name, start, words] : kinds) {
    CAPTURE(name);
    std::ofstream(folder.path() / name) << start;
    const std::string error = read_submission(folder.path() / name, allowed).error;
    CAPTURE(error);
    CHECK(error.find(words) != std::string::npos);
    CHECK(error.find("INTERNAL") == std::string::npos);
    CHECK(error.find("./course submit") != std::string::npos);
  }
  const std::string whole = nn::read_whole(write_entries(folder.path() / "lee.tar.gz", {{"mlp.cpp", "one"}}));
  std::ofstream(folder.path() / "lee.tar.gz") << whole.substr(0, whole.size() / 2);
  CHECK(read_submission(folder.path() / "lee.tar.gz", allowed).error.find("its end is missing") != std::string::npos);
}

TEST_CASE("a path that is not a submission is an error, not an exception") {
  const ScratchFolder folder;
  CHECK(read_submission(folder.path() / "nothing", allowed).error == "There is no such file or folder");
  CHECK(read_submission("/dev/null", allowed).error == "It is neither a folder nor an archive");
  std::ofstream(folder.path() / "empty.zip");
  CHECK(read_submission(folder.path() / "empty.zip", allowed).error == "It is empty");
  std::ofstream(folder.path() / "text.zip") << "no archive";
  CHECK(read_submission(folder.path() / "text.zip", allowed)
            .error.starts_with("It cannot be read as a .tar.gz or .zip archive: "));
  CHECK(read_submission(folder.path(), allowed)
            .error.starts_with("It contains none of the expected files: mlp.cpp, linear.cpp"));
}

TEST_CASE("a student's name is safe as a file name and on a terminal") {
  const std::map<std::string, std::string> kept = {{"/a/kim.tar.gz", "kim"}, {"/a/kim/", "kim"},
                                                   {"/a/kim.ZIP", "kim"},    {"Kim Chul-soo.zip", "Kim_Chul-soo"},
                                                   {"김철수.zip", "김철수"}, {"a~2.zip", "a~2"}};
  for (const auto& [path, student] : kept) CHECK(grader::student_of(path) == student);
  const std::map<std::string, std::string> changed = {{"Kim Chul-soo (2).zip", "Kim_Chul-soo__2_~"},
                                                      {"-rf.zip", "_rf~"},
                                                      {"..", "_.~"},
                                                      {".zip", "_zip~"},
                                                      {"=1+1.zip", "_1+1~"},
                                                      {"a\nb\x1b[0m\xff.zip", "a_b__0m_~"},
                                                      {"<script>.zip", "_script_~"},
                                                      {"kim\u200b.zip", "kim_~"},
                                                      {"\u202emik.zip", "_mik~"}};
  for (const auto& [path, begin] : changed) {
    const std::string student = grader::student_of(path);
    CHECK(student.substr(0, begin.size()) == begin);
    CHECK(student.size() == begin.size() + 6);
    CHECK(grader::student_key(student) == student);
  }
}

TEST_CASE(
    "a student is called the same every time, as macOS and as Windows write the name, and no two are called alike") {
  CHECK(grader::student_of("\u1100\u1175\u11b7.zip") == "김");  // three letters of macOS for one syllable
  CHECK(grader::student_of("e\u0301.zip") == "\u00e9");
  std::string long_name;
  for (int i = 0; i < 50; ++i) long_name += "김";
  const std::vector<std::string> names = {"a'b",
                                          "a\"b",
                                          "a_b",
                                          "a:b",
                                          "kim",
                                          "kim\u200b",
                                          "kim\u200d",
                                          "kim\u202e",
                                          "\uff4bim",
                                          "Kim",
                                          "\u3164",
                                          "",
                                          long_name + "a",
                                          long_name + "b",
                                          "\xff",
                                          "\xfe",
                                          "?",
                                          std::string(79, 'a') + "김",
                                          std::string(79, 'a') + "b"};
  std::map<std::string, std::string> called;
  for (const std::string& name : names) {
    const std::string student = grader::student_key(name);
    CAPTURE(name);
    CHECK(called.emplace(student, name).second);
    CHECK(student.size() <= 80);
    CHECK(grader::student_key(student) == student);
  }
}

TEST_CASE("the hash depends on every name and content and on nothing else") {
  const std::string hash = grader::sha256_of({{"a", "1"}, {"b", "2"}});
  CHECK(hash.size() == 64);
  CHECK(hash != grader::sha256_of({{"a", "12"}, {"b", ""}}));
  CHECK(hash != grader::sha256_of({{"a", "1"}, {"c", "2"}}));
  CHECK(hash != grader::sha256_of({{"a", "1"}}));
  CHECK(read_entries({{"mlp.cpp", "1"}, {"linear.cpp", "2"}}).sha256 ==
        read_entries({{"x/linear.cpp", "2"}, {"x/mlp.cpp", "1"}, {"other", ""}}, "lee.zip").sha256);
}

TEST_CASE("a written archive reads back, has equal bytes for equal files, and replaces nothing before it is whole") {
  const ScratchFolder folder;
  const fs::path path = folder.path() / "kim.tar.gz";
  const Files files = {{"mlp.cpp", std::string(100'000, 'm')}, {"linear.cpp", ""}, {"manifest.json", "{}"}};
  grader::write_archive(path, files);
  const std::string first = nn::read_whole(path);
  grader::write_archive(path, files);
  CHECK(nn::read_whole(path) == first);
  const Submission submission = read_submission(path, allowed);
  CHECK(submission.error == "");
  CHECK(submission.files == Files{{"mlp.cpp", std::string(100'000, 'm')}, {"linear.cpp", ""}});
  CHECK(submission.ignored.empty());
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
  CHECK_THROWS_AS(grader::write_archive(path / "below.tar.gz", files), std::runtime_error);
}
