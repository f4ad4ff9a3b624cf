#include "datasets/catalogue.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <zlib.h>

#include "datasets/message_of.hpp"
#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"
#include "system/text.hpp"

namespace nn {
namespace {

// The test vector "abc" of FIPS 180-2, appendix B.1.
const std::string abc_hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

const Dataset letters{"letters", "Three letters", "free", {{"abc.txt", 3, abc_hash, {"https://example.org/abc.txt"}}}};

/// A catalogue with one file entry, given as JSON.
std::string catalogue_with(const std::string& file) {
  return R"({"letters": {"title": "t", "licence": "l", "files": [)" + file + "]}}";
}

std::string load_error(const std::string& json) {
  const ScratchFolder folder;
  write_whole(folder.path() / "catalogue.json", json);
  return message_of([&] { load_catalogue(folder.path() / "catalogue.json"); });
}

TEST_CASE("the catalogue of the repository is correct and begins with MNIST") {
  const std::vector<Dataset> catalogue =
      load_catalogue(std::filesystem::path(COURSE_ROOT) / "datasets" / "catalogue.json");
  REQUIRE(!catalogue.empty());
  CHECK(catalogue[0].name == "mnist");
  CHECK(catalogue[0].files.size() == 4);
  CHECK(catalogue[0].bytes() == 11'594'722);
  for (const Dataset& dataset : catalogue) {
    CHECK(!dataset.title.empty());
    CHECK(!dataset.licence.empty());
  }
}

TEST_CASE("a catalogue that is wrong is an error that names the file and the entry") {
  const std::string hash(64, 'a');
  CHECK(grader::contains(load_error("{"), "catalogue.json"));
  CHECK(grader::contains(load_error("{\n  \"a\": ,"), "catalogue.json, line 2, column 8: "));
  CHECK(grader::contains(load_error(R"({"a": {}, "a": {}})"), "duplicate object key"));
  CHECK(grader::contains(load_error("[]"), "catalogue.json is no JSON object"));
  CHECK(
      grader::contains(load_error(R"({"letters": {"title": "t"}})"), "entry letters: Object item not found: licence"));
  CHECK(grader::contains(load_error(R"({"letters": []})"), "entry letters: Expected object, got array"));
  CHECK(grader::contains(load_error(catalogue_with("")), "files is empty"));
  CHECK(grader::contains(load_error(catalogue_with(R"({"name": "a", "bytes": "x", "sha256": "", "urls": []})")),
                         "letters"));
  const auto with = [&](const std::string& name, const std::string& sha256, const std::string& url) {
    return load_error(catalogue_with(R"({"name": ")" + name + R"(", "bytes": 1, "sha256": ")" + sha256 +
                                     R"(", "urls": [")" + url + R"("]})"));
  };
  CHECK(with("a", hash, "https://example.org/a").empty());
  CHECK(grader::contains(with("../a", hash, "https://example.org/a"), "a file's name may contain only"));
  CHECK(grader::contains(with("-a", hash, "https://example.org/a"), "a file's name may contain only"));
  CHECK(grader::contains(with("a", hash, "file:///etc/passwd"), "urls must be addresses"));
  CHECK(grader::contains(with("a", "abc", "https://example.org/a"), "sha256 must be 64 digits"));
  CHECK(grader::contains(message_of([] { load_catalogue("/nowhere/catalogue.json"); }), "cannot be opened"));
}

TEST_CASE("a file's fault is that it is missing or its size or its hash") {
  const ScratchFolder folder;
  const DataFile& file = letters.files[0];
  const std::filesystem::path path = folder.path() / "abc.txt";
  CHECK(fault_of(file, folder.path()) == path.string() + " is missing");
  write_whole(path, "abcd");
  CHECK(fault_of(file, folder.path()) == path.string() + " has 4 bytes, expected 3");
  write_whole(path, "abd");
  CHECK(grader::contains(fault_of(file, folder.path()), "expected sha256 " + abc_hash));
  write_whole(path, "abc");
  CHECK(fault_of(file, folder.path()).empty());
}

TEST_CASE("a compressed file is judged by its content") {
  const ScratchFolder folder;
  const std::filesystem::path path = folder.path() / "letters" / "abc.txt.gz";
  std::filesystem::create_directory(path.parent_path());
  gzFile file = gzopen(path.c_str(), "wb");
  gzputs(file, "abc");
  gzclose(file);
  CHECK(fault_of(letters.files[0], path.parent_path()).empty());
  CHECK(find_dataset(letters, {folder.path()}) == path.parent_path());

  const std::string bytes = read_whole(path);
  write_whole(path, bytes.substr(0, bytes.size() - 10));
  CHECK(grader::contains(fault_of(letters.files[0], path.parent_path()), "abc.txt.gz"));
}

TEST_CASE("a dataset is found in the first folder that holds all of it") {
  const ScratchFolder folder;
  const std::vector<std::filesystem::path> folders{folder.path() / "1", folder.path() / "2", folder.path() / "3"};
  CHECK(!find_dataset(letters, folders));
  write_whole(folders[2] / "letters" / "abc.txt", "abc");
  CHECK(find_dataset(letters, folders) == folders[2] / "letters");
  write_whole(folders[0] / "letters" / "abc.txt", "ab");
  CHECK(find_dataset(letters, folders) == folders[2] / "letters");
  write_whole(folders[1] / "letters" / "abc.txt", "abc");
  CHECK(find_dataset(letters, folders) == folders[1] / "letters");
}

TEST_CASE("data is searched for in COURSE_DATA, then next to the repository, then in the downloads") {
  unsetenv("COURSE_DATA");
  unsetenv("COURSE_DOWNLOADS");
  using Folders = std::vector<std::filesystem::path>;
  CHECK(data_folders("/a/course") == Folders{"/a/shared/datasets", "/a/course/datasets/downloads"});
  setenv("COURSE_DATA", "/data", 1);
  setenv("COURSE_DOWNLOADS", "/downloads", 1);
  CHECK(data_folders("/a/course") == Folders{"/data", "/a/shared/datasets", "/downloads"});
  unsetenv("COURSE_DATA");
  unsetenv("COURSE_DOWNLOADS");
}

TEST_CASE("dataset_folder says how to download what is not here") {
  const ScratchFolder folder;
  const std::filesystem::path root = folder.path() / "course";
  write_whole(root / "datasets" / "catalogue.json",
              catalogue_with(R"({"name": "abc.txt", "bytes": 3, "sha256": ")" + abc_hash +
                             R"(", "urls": ["https://example.org/abc.txt"]})"));
  CHECK(grader::contains(message_of([&] { dataset_folder(root, "letters"); }), "./course data get letters"));
  CHECK(grader::contains(message_of([&] { dataset_folder(root, "words"); }), "./course data list"));
  write_whole(root / "datasets" / "downloads" / "letters" / "abc.txt", "abc");
  CHECK(dataset_folder(root, "letters") == root / "datasets" / "downloads" / "letters");
}

}  // namespace
}  // namespace nn
