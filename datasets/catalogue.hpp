#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nn {

/// A file that belongs to a dataset, and where it can be downloaded.
struct DataFile {
  std::string name;
  std::uintmax_t bytes = 0;
  std::string sha256;             // 64 hexadecimal digits, lower case
  std::vector<std::string> urls;  // mirrors of the same file, the best first
};

/// An entry of the catalogue.
struct Dataset {
  std::string name;  // "mnist": what the user calls it, and the name of its folder
  std::string title;
  std::string licence;
  std::vector<DataFile> files;

  /// What all files hold together.
  std::uintmax_t bytes() const;
};

/// Reads a catalogue, entries in their order. Throws std::runtime_error, which names the file and the entry, if it
/// cannot be read, is no JSON, lacks something, or names a file or an address that is not a plain name or http(s).
std::vector<Dataset> load_catalogue(const std::filesystem::path& path);

/// The folders in which a dataset's folder is looked for, in this order: environment variable COURSE_DATA, then
/// shared/datasets beside the repository, then the folder for downloads: COURSE_DOWNLOADS or, if that is not set,
/// datasets/downloads in the repository. `root` is the repository.
std::vector<std::filesystem::path> data_folders(const std::filesystem::path& root);

/// The first folder that holds every file of the dataset in its right size, if there is one. A file may also lie there
/// compressed, with .gz after its name.
std::optional<std::filesystem::path> find_dataset(const Dataset& dataset,
                                                  const std::vector<std::filesystem::path>& folders);

/// The folder of the dataset with that name in the repository's own catalogue. Throws std::runtime_error, which says
/// how to fetch it, if it is not here.
std::filesystem::path dataset_folder(const std::filesystem::path& root, const std::string& name);

/// What is wrong with that file, or with its .gz form, in a folder: that it is missing, its size, or its hash, with
/// what was expected and what is there. Empty if the file is good.
std::string fault_of(const DataFile& file, const std::filesystem::path& folder);

/// What is wrong with the file at this path, which is not a .gz form.
std::string fault_at(const DataFile& file, const std::filesystem::path& path);

}  // namespace nn
