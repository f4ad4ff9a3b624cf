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
  std::vector<std::string> urls;  // mirrors of the same file, the best one first
};

/// An entry of the catalogue.
struct Dataset {
  std::string name;  // "mnist": its name in commands, and the name of its folder
  std::string title;
  std::string licence;
  std::vector<DataFile> files;

  /// The size of all files together.
  std::uintmax_t bytes() const;
};

/// Reads a catalogue, entries in their order. Throws std::runtime_error, which names the file and the entry, if it
/// cannot be read, is not JSON, is incomplete, has a file name that is not plain, or an address that is not http(s).
std::vector<Dataset> load_catalogue(const std::filesystem::path& path);

/// The folders where a dataset's folder is searched for, in this order: environment variable COURSE_DATA, then
/// shared/datasets next to the repository, then the folder for downloads: COURSE_DOWNLOADS or, if that is not set,
/// datasets/downloads in the repository. `root` is the repository.
std::vector<std::filesystem::path> data_folders(const std::filesystem::path& root);

/// The first folder that has every file of the dataset with the correct size, if there is one. A file may also be there
/// in compressed form, with .gz after its name.
std::optional<std::filesystem::path> find_dataset(const Dataset& dataset,
                                                  const std::vector<std::filesystem::path>& folders);

/// The folder of the dataset with that name in the repository's own catalogue. Throws std::runtime_error, which says
/// how to download it, if it is not here.
std::filesystem::path dataset_folder(const std::filesystem::path& root, const std::string& name);

/// What is wrong with that file, or with its .gz form, in a folder: it is missing, or its size or hash is wrong, with
/// the expected and the actual value. Empty if the file is good.
std::string fault_of(const DataFile& file, const std::filesystem::path& folder);

/// What is wrong with the file at this path, which is not a .gz form.
std::string fault_at(const DataFile& file, const std::filesystem::path& path);

}  // namespace nn
