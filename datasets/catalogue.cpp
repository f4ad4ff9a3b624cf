#include "datasets/catalogue.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <jansson.h>
#include <memory>
#include <numeric>
#include <openssl/evp.h>
#include <stdexcept>
#include <zlib.h>

namespace nn {

namespace {

namespace fs = std::filesystem;

/// Whether a name is a plain file name, inside its folder.
bool is_plain_name(const std::string& name) {
  const auto is_plain = [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '_' || c == '-'; };
  return !name.empty() && std::isalnum(static_cast<unsigned char>(name.front())) &&
         std::all_of(name.begin(), name.end(), is_plain);
}

/// Sets the parts of an object that the format names, as json_unpack does. Throws if one is missing or of another type.
template <class... Parts>
void unpack(json_t* object, const char* format, Parts... parts) {
  json_error_t error;
  if (json_unpack_ex(object, &error, 0, format, parts...) != 0) {
    throw std::runtime_error(error.text);
  }
}

DataFile read_file_entry(json_t* object) {
  const char* name = nullptr;
  const char* sha256 = nullptr;
  json_int_t bytes = 0;
  json_t* urls = nullptr;
  unpack(object, "{s:s, s:I, s:s, s:o}", "name", &name, "bytes", &bytes, "sha256", &sha256, "urls", &urls);
  DataFile file{name, static_cast<std::uintmax_t>(bytes), sha256, {}};
  for (std::size_t i = 0; i < json_array_size(urls); ++i) {
    const char* url = nullptr;
    unpack(json_array_get(urls, i), "s", &url);
    file.urls.emplace_back(url);
  }
  if (bytes < 0) {
    throw std::runtime_error(file.name + ": bytes must be at least 0");
  }
  if (!is_plain_name(file.name)) {
    throw std::runtime_error("a file's name may contain only letters, digits and . _ -: " + file.name);
  }
  if (file.sha256.size() != 64 || file.sha256.find_first_not_of("0123456789abcdef") != std::string::npos) {
    throw std::runtime_error(file.name + ": sha256 must be 64 digits 0-9 a-f");
  }
  const auto is_http = [](const std::string& url) { return url.starts_with("https://") || url.starts_with("http://"); };
  if (file.urls.empty() || !std::all_of(file.urls.begin(), file.urls.end(), is_http)) {
    throw std::runtime_error(file.name + ": urls must be addresses that start with https:// or http://");
  }
  return file;
}

Dataset read_entry(const std::string& name, json_t* object) {
  const char* title = nullptr;
  const char* licence = nullptr;
  json_t* files = nullptr;
  unpack(object, "{s:s, s:s, s:o}", "title", &title, "licence", &licence, "files", &files);
  Dataset dataset{name, title, licence, {}};
  if (!is_plain_name(name)) {
    throw std::runtime_error("an entry's name may contain only letters, digits and . _ -");
  }
  for (std::size_t i = 0; i < json_array_size(files); ++i) {
    dataset.files.push_back(read_file_entry(json_array_get(files, i)));
  }
  if (dataset.files.empty()) {
    throw std::runtime_error("files is empty");
  }
  return dataset;
}

/// The size and hash of a file's content.
struct Content {
  std::uintmax_t bytes = 0;
  std::string sha256;
};

/// Counts and hashes bytes, part by part.
class ContentReader {
 public:
  ContentReader() : hash_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    if (EVP_DigestInit_ex(hash_.get(), EVP_sha256(), nullptr) != 1) {
      throw std::runtime_error("OpenSSL has no SHA-256");
    }
  }

  void add(const char* bytes, std::size_t count) {
    EVP_DigestUpdate(hash_.get(), bytes, count);
    content_.bytes += count;
  }

  Content finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_DigestFinal_ex(hash_.get(), digest.data(), &size);
    for (unsigned i = 0; i < size; ++i) {
      content_.sha256 += fmt::format("{:02x}", digest[i]);
    }
    return content_;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> hash_;
  Content content_;
};

Content content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  ContentReader reader;
  std::vector<char> piece(1 << 16);
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())).gcount() > 0) {
    reader.add(piece.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof()) {
    throw std::runtime_error(path.string() + " cannot be read");
  }
  return reader.finish();
}

/// The content inside a gzip file; nothing if it is damaged.
std::optional<Content> unzipped_content_of(const fs::path& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  ContentReader reader;
  std::vector<char> piece(1 << 16);
  int count = file ? 0 : -1;
  while (file && (count = gzread(file.get(), piece.data(), static_cast<unsigned>(piece.size()))) > 0) {
    reader.add(piece.data(), static_cast<std::size_t>(count));
  }
  if (count < 0) {
    return std::nullopt;
  }
  return reader.finish();
}

fs::path compressed_form(const DataFile& file, const fs::path& folder) { return folder / (file.name + ".gz"); }

bool is_there(const DataFile& file, const fs::path& folder) {
  std::error_code none;
  return fs::file_size(folder / file.name, none) == file.bytes ||
         fs::is_regular_file(compressed_form(file, folder), none);
}

std::string compare(const DataFile& file, const fs::path& path, const Content& content) {
  if (content.bytes != file.bytes) {
    return fmt::format("{} has {} bytes, expected {}", path.string(), content.bytes, file.bytes);
  }
  if (content.sha256 != file.sha256) {
    return fmt::format("the content of {} is not what the catalogue says:\n  expected sha256 {}\n  got      sha256 {}",
                       path.string(), file.sha256, content.sha256);
  }
  return "";
}

}  // namespace

std::uintmax_t Dataset::bytes() const {
  return std::accumulate(files.begin(), files.end(), std::uintmax_t{0},
                         [](std::uintmax_t sum, const DataFile& file) { return sum + file.bytes; });
}

std::vector<Dataset> load_catalogue(const fs::path& path) {
  json_error_t error;
  const std::unique_ptr<json_t, void (*)(json_t*)> json(json_load_file(path.c_str(), JSON_REJECT_DUPLICATES, &error),
                                                        json_decref);
  if (!json && json_error_code(&error) == json_error_cannot_open_file) {
    throw std::runtime_error(path.string() + " cannot be opened");
  }
  if (!json) {
    throw std::runtime_error(
        fmt::format("{}, line {}, column {}: {}", path.string(), error.line, error.column, error.text));
  }
  if (!json_is_object(json.get())) {
    throw std::runtime_error(path.string() + " is no JSON object");
  }
  std::vector<Dataset> catalogue;
  const char* name = nullptr;
  json_t* entry = nullptr;
  json_object_foreach(json.get(), name, entry) {
    try {
      catalogue.push_back(read_entry(name, entry));
    } catch (const std::exception& problem) {
      throw std::runtime_error(fmt::format("{}, entry {}: {}", path.string(), name, problem.what()));
    }
  }
  return catalogue;
}

std::vector<fs::path> data_folders(const fs::path& root) {
  std::vector<fs::path> folders;
  if (const char* data = std::getenv("COURSE_DATA"); data != nullptr && *data != '\0') {
    folders.emplace_back(data);
  }
  folders.push_back(root / ".." / "shared" / "datasets");
  const char* downloads = std::getenv("COURSE_DOWNLOADS");
  folders.push_back(downloads != nullptr && *downloads != '\0' ? downloads : root / "datasets" / "downloads");
  for (fs::path& folder : folders) {
    folder = fs::absolute(folder).lexically_normal();
  }
  return folders;
}

std::optional<fs::path> find_dataset(const Dataset& dataset, const std::vector<fs::path>& folders) {
  for (const fs::path& parent : folders) {
    const fs::path folder = parent / dataset.name;
    const auto here = [&](const DataFile& file) { return is_there(file, folder); };
    if (std::all_of(dataset.files.begin(), dataset.files.end(), here)) {
      return folder;
    }
  }
  return std::nullopt;
}

fs::path dataset_folder(const fs::path& root, const std::string& name) {
  for (const Dataset& dataset : load_catalogue(root / "datasets" / "catalogue.json")) {
    if (dataset.name != name) {
      continue;
    }
    if (const std::optional<fs::path> folder = find_dataset(dataset, data_folders(root))) {
      return *folder;
    }
    throw std::runtime_error(fmt::format("{} is not here; to download it, run: ./course data get {}", name, name));
  }
  throw std::runtime_error(name + " is not in the catalogue; to see the catalogue, run: ./course data list");
}

std::string fault_at(const DataFile& file, const fs::path& path) {
  // If the size is wrong, do not compute the hash
  std::error_code error;
  const std::uintmax_t bytes = fs::file_size(path, error);
  if (error) {
    return path.string() + " is missing";
  }
  return compare(file, path, bytes == file.bytes ? content_of(path) : Content{bytes, ""});
}

std::string fault_of(const DataFile& file, const fs::path& folder) {
  const fs::path compressed = compressed_form(file, folder);
  if (fs::exists(folder / file.name) || !fs::exists(compressed)) {
    return fault_at(file, folder / file.name);
  }
  const std::optional<Content> content = unzipped_content_of(compressed);
  return content ? compare(file, compressed, *content) : compressed.string() + " is not a valid gzip file";
}

}  // namespace nn
