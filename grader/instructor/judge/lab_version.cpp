#include "judge/lab_version.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <system_error>

#include "judge/harness.hpp"
#include "system/sha256.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t digits = 12;

/// Adds the files of a folder that end so; none where there is no such folder.
void add_files_of(const fs::path& folder, const std::set<std::string>& extensions, std::set<fs::path>& files) {
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder, missing)) {
    if (entry.is_regular_file() && extensions.contains(entry.path().extension())) {
      files.insert(entry.path());
    }
  }
}

/// The sources, the headers beside them and, for a solution, those of its lab; the judge.
std::set<fs::path> files_that_decide(const Lab& lab, const Harness& harness) {
  std::set<fs::path> files;
  for (const fs::path source : harness.sources) {
    files.insert(lab.root / source);
    add_files_of(lab.root / source.parent_path(), {".hpp"}, files);
    if (*source.begin() == "solutions") {
      add_files_of(lab.root / "labs" / source.parent_path().filename(), {".hpp"}, files);
    }
  }
  for (const char* folder : {"judge", "sandbox"}) {
    add_files_of(lab.root / "grader" / "instructor" / folder, {".hpp", ".cpp"}, files);
  }
  return files;
}

std::string text_of(const Limits& limits) {
  return fmt::format("{} {} {} {} {} {} {} {} {}\n", limits.cpu.count(), limits.wall.count(), limits.address_space,
                     limits.processes, limits.open_files, limits.file_size, limits.tmp_bytes, limits.output_bytes,
                     limits.answer_bytes);
}

}  // namespace

std::string lab_version(const Lab& lab) {
  const Harness harness = load_harness(lab);
  std::string all = fmt::format("{}\n", fmt::join(harness.flags, " "));
  all += text_of(lab.compile_limits) + text_of(lab.test_limits);
  for (const fs::path& file : files_that_decide(lab, harness)) {
    all += file.lexically_relative(lab.root).string() + ":" + sha256_of_file(file) + "\n";
  }
  return sha256(all).substr(0, digits);
}

}  // namespace grader
