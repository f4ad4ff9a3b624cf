#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace grader {

/// Where the data command works.
struct DataPlaces {
  std::filesystem::path catalogue;             // the file catalogue.json
  std::vector<std::filesystem::path> folders;  // searched in order for a dataset; downloads go to the last
};

/// The paths for the repository `root`: datasets/catalogue.json and nn::data_folders.
DataPlaces data_places(const std::filesystem::path& root);

/// What comes after `./course data`:
///   list           every dataset of the catalogue: size, licence, and its folder if it is here
///   get NAME       downloads what is missing or damaged; does nothing if everything is here and good
///   path NAME      prints the folder of the dataset and nothing else, for scripts
///   verify [NAME]  hashes the files of that dataset, or of all datasets that are here
/// Returns the exit status: 0; 1 if something failed, with what to do on `errors`; 2 for wrong arguments.
int data_command(const DataPlaces& places, const std::vector<std::string>& arguments, std::ostream& output,
                 std::ostream& errors);

/// The same for the repository `root`, on standard output and standard error.
int data_command(const std::filesystem::path& root, const std::vector<std::string>& arguments);

}  // namespace grader
