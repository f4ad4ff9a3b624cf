#include "home/data_command.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <stdexcept>

#include "datasets/catalogue.hpp"
#include "home/download.hpp"
#include "lab/suggest.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;
using nn::DataFile;
using nn::Dataset;

constexpr const char* usage =
    "usage: ./course data list            what there is\n"
    "       ./course data get NAME        download it\n"
    "       ./course data path NAME       print its folder\n"
    "       ./course data verify [NAME]   check its files\n";

/// One run of the command.
class DataCommand {
 public:
  DataCommand(const DataPlaces& places, std::ostream& output)
      : catalogue_(nn::load_catalogue(places.catalogue)), folders_(places.folders), output_(output) {}

  int list() const {
    for (const Dataset& dataset : catalogue_) {
      const auto folder = nn::find_dataset(dataset, folders_);
      output_ << fmt::format("{}\n  {}\n  {}; licence: {}\n  {}\n", dataset.name, dataset.title,
                             size_text(dataset.bytes()), dataset.licence,
                             folder ? "here: " + folder->string() : "not here: ./course data get " + dataset.name);
    }
    return 0;
  }

  int get(const std::string& name) const {
    // Do nothing if everything is here and good
    const Dataset& dataset = find(name);
    const fs::path downloads = folders_.back() / name;
    if (const auto folder = nn::find_dataset(dataset, folders_)) {
      const std::string faults = faults_of(dataset, *folder);
      if (faults.empty()) {
        output_ << fmt::format("{} is here and complete: {}\n", name, folder->string());
        return 0;
      }
      if (*folder != downloads) {
        throw std::runtime_error(fmt::format(
            "{}This folder is searched first: remove it, or repair its files, then run the same command again",
            faults));
      }
    }

    // Download the rest
    output_ << fmt::format("{}\nLicence: {}\n", dataset.title, dataset.licence);
    for (const DataFile& file : dataset.files) {
      if (!nn::fault_of(file, downloads).empty()) {
        download(file, downloads, output_);
      }
    }
    output_ << fmt::format("{} is in {}\n", name, downloads.string());
    return 0;
  }

  int path(const std::string& name) const {
    output_ << folder_of(find(name)).string() << '\n';
    return 0;
  }

  int verify(const std::string& name) const {
    const Dataset& dataset = find(name);
    const fs::path folder = folder_of(dataset);
    const std::string faults = faults_of(dataset, folder);
    if (faults.empty()) {
      output_ << fmt::format("{} is complete: {}\n", name, folder.string());
      return 0;
    }
    output_ << fmt::format("{}{} is damaged. To repair it, run: ./course data get {}\n", faults, name, name);
    return 1;
  }

  int verify_all() const {
    int status = 0;
    for (const Dataset& dataset : catalogue_) {
      if (nn::find_dataset(dataset, folders_)) {
        status = std::max(status, verify(dataset.name));
      } else {
        output_ << dataset.name << " is not here\n";
      }
    }
    return status;
  }

 private:
  const Dataset& find(const std::string& name) const {
    std::vector<std::string> names;
    for (const Dataset& dataset : catalogue_) {
      if (dataset.name == name) {
        return dataset;
      }
      names.push_back(dataset.name);
    }
    throw std::runtime_error(fmt::format("there is no dataset '{}'.{} To see what there is, run: ./course data list",
                                         name, did_you_mean(name, names)));
  }

  fs::path folder_of(const Dataset& dataset) const {
    if (const auto folder = nn::find_dataset(dataset, folders_)) {
      return *folder;
    }
    throw std::runtime_error(
        fmt::format("{} is not here. To download it, run: ./course data get {}", dataset.name, dataset.name));
  }

  /// What is wrong with each file, one or more lines for each; empty if all are good.
  static std::string faults_of(const Dataset& dataset, const fs::path& folder) {
    std::string faults;
    for (const DataFile& file : dataset.files) {
      if (const std::string fault = nn::fault_of(file, folder); !fault.empty()) {
        faults += fault + '\n';
      }
    }
    return faults;
  }

  std::vector<Dataset> catalogue_;
  std::vector<fs::path> folders_;
  std::ostream& output_;
};

}  // namespace

DataPlaces data_places(const fs::path& root) { return {root / "datasets" / "catalogue.json", nn::data_folders(root)}; }

int data_command(const DataPlaces& places, const std::vector<std::string>& arguments, std::ostream& output,
                 std::ostream& errors) {
  const std::string action = arguments.empty() ? "" : arguments[0];
  const bool named = arguments.size() == 2;
  const bool alone = arguments.size() == 1;
  try {
    const DataCommand command(places, output);
    if (action == "list" && alone) return command.list();
    if (action == "get" && named) return command.get(arguments[1]);
    if (action == "path" && named) return command.path(arguments[1]);
    if (action == "verify" && named) return command.verify(arguments[1]);
    if (action == "verify" && alone) return command.verify_all();
  } catch (const std::exception& error) {
    errors << "course data: " << error.what() << '\n';
    return 1;
  }
  errors << usage;
  return 2;
}

int data_command(const fs::path& root, const std::vector<std::string>& arguments) {
  return data_command(data_places(root), arguments, std::cout, std::cerr);
}

}  // namespace grader
