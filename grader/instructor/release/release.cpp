#include "release/release.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <regex>
#include <stdexcept>

#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"
#include "lab/release_manifest.hpp"
#include "release/git.hpp"
#include "system/process.hpp"
#include "system/sha256.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* workflow_kept = "grader/instructor/hosts/github/grade.yml";
constexpr const char* workflow_released = ".github/workflows/grade.yml";

/// Does a path contain answers or attacks on the grader, or prevent students from committing their own files?
bool is_withheld(const std::string& path, const std::set<std::string>& open_labs) {
  if (path.starts_with("grader/tests/attacks/") || path == "labs/.gitignore") {
    return true;
  }
  const bool open = std::ranges::any_of(
      open_labs, [&](const std::string& lab) { return path.starts_with("solutions/" + lab + "/"); });
  return path.starts_with("solutions/") && !open;
}

/// The page without its links to withheld files.
std::string without_dead_links(const std::string& path, const std::string& page,
                               const std::set<std::string>& open_labs) {
  static const std::regex link(R"(\[([^\]]*)\]\(([^)\s]*)\))");
  std::string text;
  auto rest = page.begin();
  for (std::sregex_iterator found(page.begin(), page.end(), link); found != std::sregex_iterator(); ++found) {
    const std::string target = (fs::path(path).parent_path() / (*found)[2].str()).lexically_normal().generic_string();
    text.append(rest, (*found)[0].first);
    text += is_withheld(target, open_labs) ? (*found)[1].str() + " (your instructor has it)" : found->str();
    rest = (*found)[0].second;
  }
  return text.append(rest, page.end());
}

/// The files that students edit: those that the lab.json of any lab lists.
std::set<std::string> files_of_students(const CourseFiles& files) {
  std::set<std::string> yours;
  for (const auto& [path, file] : files) {
    if (path.starts_with("labs/") && path.ends_with("/lab.json")) {
      const json lab = json::parse(file.content);
      for (const json& name : lab.at("files")) {
        yours.insert((fs::path(path).parent_path() / name.get<std::string>()).lexically_normal().generic_string());
      }
    }
  }
  return yours;
}

}  // namespace

void write_course_file(const fs::path& path, const CourseFile& file) {
  nn::write_whole(path, file.content);
  fs::permissions(path, file.executable ? fs::perms(0755) : fs::perms(0644));
}

CourseFiles committed_files(const fs::path& root) {
  if (!is_top_of_repository(root)) {
    throw std::runtime_error(
        fmt::format("{} is not the top of a git repository, but only committed files are released. Start with: git "
                    "init && git add . && git commit",
                    root.string()));
  }
  // Unpack the commit
  const nn::ScratchFolder scratch;
  const fs::path archive = scratch.path() / "course.tar";
  const fs::path tree = scratch.path() / "course";
  fs::create_directory(tree);
  git(root, {"archive", "--format=tar", "--output=" + archive.string(), "HEAD"});
  Command unpack;
  unpack.arguments = {"tar", "-xf", archive.string(), "-C", tree.string()};
  if (const Outcome outcome = run(unpack); !outcome.succeeded()) {
    throw std::runtime_error("cannot unpack the committed tree: " + outcome.output);
  }

  // Read it
  CourseFiles files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(tree)) {
    const std::string path = entry.path().lexically_relative(tree).generic_string();
    if (entry.is_symlink()) {
      throw std::runtime_error(path + " is a link, but a release can contain only files");
    }
    if (entry.is_regular_file()) {
      const bool executable = (entry.status().permissions() & fs::perms::owner_exec) != fs::perms::none;
      files[path] = {nn::read_whole(entry.path()), executable};
    }
  }
  return files;
}

Release make_release(const CourseFiles& committed, const std::set<std::string>& open_labs) {
  Release release;
  release.yours = files_of_students(committed);
  for (const auto& [path, file] : committed) {
    if (path == release_manifest_name || release.yours.contains(path)) {
      continue;
    }
    if (is_withheld(path, open_labs)) {
      release.withheld[path] = file;
    } else if (path == workflow_kept) {
      release.files[workflow_released] = file;
    } else {
      CourseFile& released = release.files[path] = file;
      if (path.ends_with(".md")) {
        released.content = without_dead_links(path, file.content, open_labs);
      }
    }
  }
  return release;
}

std::string manifest_text(const Release& release) {
  json files = json::object();
  for (const auto& [path, file] : release.files) {
    files[path] = sha256(file.content);
  }
  return json{{"version", release.version}, {"files", files}, {"yours", release.yours}}.dump(1) + "\n";
}

}  // namespace grader
