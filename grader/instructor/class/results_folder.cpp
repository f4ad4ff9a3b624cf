#include "class/results_folder.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>

#include "files/whole_file.hpp"
#include "judge/report.hpp"
#include "submission/archive.hpp"
#include "system/text.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t key_digits = 12;

/// Applies `read` to a JSON file; nothing if there is no such file.
template <class Read>
auto read_json(const fs::path& path, const Read& read) -> std::optional<decltype(read(json()))> {
  std::ifstream file(path);
  if (!file) {
    return std::nullopt;
  }
  try {
    return read(json::parse(file));
  } catch (const json::exception&) {
    throw std::runtime_error(path.string() + " is damaged. Move it away and grade again.");
  }
}

std::uint64_t secret_seed() {
  std::random_device device;
  return static_cast<std::uint64_t>(device()) << 32 | device();
}

std::string key_of(const std::string& sha256) { return sha256.substr(0, key_digits); }

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder, missing)) {
    entries.push_back(entry.path());
  }
  std::ranges::sort(entries);
  return entries;
}

}  // namespace

std::optional<Result> read_result(const fs::path& file) { return read_json(file, result_from_json); }

ResultsFolder::ResultsFolder(const fs::path& results, const std::string& lab, std::optional<std::uint64_t> seed)
    : results_(results), path_(results / lab) {
  const auto before = read_json(path_ / "grading.json", [](const json& fields) {
    return std::pair(fields.at("lab").get<std::string>(), fields.at("seed").get<std::uint64_t>());
  });
  if (before) {
    seed_ = before->second;
    if (before->first != lab || (seed && *seed != seed_)) {
      throw std::runtime_error(fmt::format("{} has results of lab {} with seed {}. Choose another folder with --out.",
                                           path_.string(), before->first, seed_));
    }
    return;
  }
  seed_ = seed ? *seed : secret_seed();
  nn::write_whole(path_ / "grading.json", json_text({{"lab", lab}, {"seed", seed_}}));
}

fs::path ResultsFolder::file_of(const Result& result) {
  return fs::path(result.lab) / "results" / result.student /
         fmt::format("{}-{}.json", key_of(result.sha256), result.lab_version);
}

std::vector<fs::path> ResultsFolder::files_of(const std::string& student, const std::string& sha256) const {
  std::vector<fs::path> files = entries_of(path_ / "results" / student);
  std::erase_if(files, [&](const fs::path& file) {
    return !file.filename().string().starts_with(key_of(sha256) + "-") || file.extension() != ".json";
  });
  return files;
}

bool ResultsFolder::has(const std::string& student, const std::string& sha256) const {
  return !files_of(student, sha256).empty();
}

std::vector<Result> ResultsFolder::all(const std::string& student, const std::string& sha256) const {
  std::vector<Result> results;
  for (const fs::path& file : files_of(student, sha256)) {
    if (auto result = read_result(file)) {
      results.push_back(std::move(*result));
    }
  }
  return results;
}

std::optional<Result> ResultsFolder::find(const std::string& student, const std::string& sha256,
                                          const std::string& lab_version) const {
  Result wanted;
  wanted.student = student;
  wanted.lab = path_.filename();
  wanted.sha256 = sha256;
  wanted.lab_version = lab_version;
  return read_result(results_ / file_of(wanted));
}

void ResultsFolder::write(const Submission& submission, const Result& result) const {
  // Write the result last: it means that everything is done
  const fs::path archive = path_ / "submissions" / result.student / (key_of(result.sha256) + ".tar.gz");
  if (submission.error.empty() && !fs::exists(archive)) {
    fs::create_directories(archive.parent_path());
    write_archive(archive, submission.files);
    if (submission.submitted.best() != 0) {
      fs::last_write_time(archive, file_time(submission.submitted.best()));
    }
  }
  nn::write_whole(results_ / file_of(result), json_text(to_json(result)));
}

void ResultsFolder::write_report(const Result& result) const {
  nn::write_whole(path_ / "reports" / (result.student + ".md"), report(result));
}

std::vector<Submission> ResultsFolder::submissions(const std::vector<std::string>& allowed_files) const {
  std::vector<Submission> submissions;
  for (const fs::path& student : entries_of(path_ / "submissions")) {
    for (const fs::path& archive : entries_of(student)) {
      if (archive.extension() == ".gz") {
        Submission& submission = submissions.emplace_back(read_submission(archive, {allowed_files}));
        submission.student = student.filename();
        submission.submitted.found = unix_seconds(fs::last_write_time(archive));
      }
    }
  }
  return submissions;
}

}  // namespace grader
