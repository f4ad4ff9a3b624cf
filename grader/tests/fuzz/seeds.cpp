// Writes a few well-formed inputs for each fuzzer to start from: seeds FOLDER.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "submission/archive.hpp"
#include "submission/submission.hpp"
#include "testing/record.hpp"

namespace {

namespace fs = std::filesystem;
using safetensors::Array;
using wire::Record;

void write(const fs::path& path, const std::vector<std::byte>& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<long>(bytes.size()));
}

Array numbers(std::vector<double> values) { return Array::of<double>({values.size()}, values); }

void write_answers(const fs::path& folder) {
  const Record begin{Record::Kind::begin, "1.1 t", {}, {}};
  const Record y{Record::Kind::observe, "y", numbers({1, 2}), {}};
  const std::vector<std::vector<Record>> answers = {{begin, y, {Record::Kind::observe, "z", numbers({3}), {}}, {}},
                                                    {begin, y, {Record::Kind::observe, "z", numbers({4}), {}}, {}},
                                                    {begin, {Record::Kind::todo, "f (a.cpp:1)", {}, {}}, {}},
                                                    {begin, {Record::Kind::error, "what", {}, {}}, {}}};
  for (std::size_t i = 0; i < answers.size(); ++i) {
    std::vector<std::byte> bytes;
    for (const Record& record : answers[i]) {
      const std::vector<std::byte> more = wire::serialize(record);
      bytes.insert(bytes.end(), more.begin(), more.end());
    }
    write(folder / std::to_string(i), bytes);
  }
}

void write_documents(const fs::path& folder) {
  safetensors::Document document;
  document.metadata["key"] = "text";
  document.tensors.emplace_back("a", Array::of<double>({2, 3}, std::vector<double>{1, 2, 3, 4, 5, 6}));
  document.tensors.emplace_back("b", Array::of<float>({0}, std::vector<float>{}));
  document.tensors.emplace_back("c", Array::of<std::uint64_t>({1}, std::vector<std::uint64_t>{7}));
  write(folder / "document", safetensors::serialize(document));
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path folder = argc == 2 ? argv[1] : "seeds";
  write_answers(folder / "answer");
  write_documents(folder / "safetensors");
  fs::create_directories(folder / "archive");
  grader::write_archive(folder / "archive" / "one.tar.gz", {{"mlp.cpp", "int x;\n"}});
  grader::write_archive(folder / "archive" / "two.tar.gz", {{"mlp.cpp", "int x;\n"}, {"extra.hpp", "int y;\n"}});
  return 0;
}
