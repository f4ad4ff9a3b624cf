#include "home/progress.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <unistd.h>

#include "files/whole_file.hpp"
#include "system/file_lock.hpp"
#include "system/sha256.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

json to_json(const LabProgress& lab) {
  json tests = json::array();
  for (const TestRecord& record : lab.tests) {
    tests.push_back({{"name", record.test.name},
                     {"points", record.test.points},
                     {"status", name_of(record.status)},
                     {"files", record.files}});
  }
  return {{"tests", tests}, {"hints", lab.hints}, {"tested", lab.tested}, {"task", lab.task}};
}

LabProgress lab_from_json(const json& document) {
  LabProgress lab;
  for (const json& record : document.at("tests")) {
    lab.tests.push_back({{record.at("name").get<std::string>(), record.at("points").get<unsigned>()},
                         status_of(record.at("status").get<std::string>()),
                         record.at("files").get<std::string>()});
  }
  lab.hints = document.at("hints").get<decltype(lab.hints)>();
  lab.tested = document.value("tested", lab.tested);
  lab.task = document.value("task", lab.task);
  return lab;
}

fs::path progress_file(const fs::path& root) { return root / ".course" / "progress.json"; }

bool same_content(const fs::path& a, const fs::path& b) {
  std::ifstream in_a(a, std::ios::binary);
  std::ifstream in_b(b, std::ios::binary);
  using Bytes = std::istreambuf_iterator<char>;
  return in_a && in_b && std::equal(Bytes(in_a), Bytes(), Bytes(in_b), Bytes());
}

}  // namespace

unsigned LabProgress::points() const {
  unsigned sum = 0;
  for (const TestRecord& record : tests) {
    sum += record.status == Status::passed ? record.test.points : 0;
  }
  return sum;
}

unsigned LabProgress::possible() const {
  unsigned sum = 0;
  for (const TestRecord& record : tests) {
    sum += record.test.points;
  }
  return sum;
}

std::vector<TaskProgress> LabProgress::tasks() const {
  std::vector<TaskProgress> tasks;
  for (const TestRecord& record : tests) {
    const std::string name = record.test.task();
    if (tasks.empty() || tasks.back().name != name) {
      tasks.emplace_back().name = name;
    }
    TaskProgress& last = tasks.back();
    const bool passed = record.status == Status::passed;
    last.points += passed ? record.test.points : 0;
    last.possible += record.test.points;
    last.failed = last.failed || (!passed && record.status != Status::todo);
    last.done = last.done && passed;
    if (!record.files.empty()) {
      last.files.insert(record.files);
    }
  }
  return tasks;
}

bool LabProgress::is_current(const std::string& files) const {
  return !tests.empty() && std::all_of(tests.begin(), tests.end(), [&](const auto& r) { return r.files == files; });
}

bool LabProgress::is_complete(const std::string& files) const {
  return is_current(files) &&
         std::all_of(tests.begin(), tests.end(), [](const auto& r) { return r.status == Status::passed; });
}

CourseProgress load_progress(const fs::path& root) {
  const fs::path path = progress_file(root);
  if (!fs::exists(path)) {
    return {};
  }
  try {
    CourseProgress progress;
    std::ifstream in(path);
    const json document = json::parse(in);
    for (const auto& [lab, part] : document.items()) {
      progress[lab] = lab_from_json(part);
    }
    return progress;
  } catch (const std::exception&) {
    const fs::path aside = path.string() + ".damaged";
    fs::rename(path, aside);
    fmt::print(stderr,
               "course: the record of your points was damaged; it is now called {}.\n"
               "        Your code is unchanged; ./course test counts the points again.\n",
               fs::relative(aside, root).string());
    return {};
  }
}

CourseProgress update_progress(const fs::path& root, const std::function<void(CourseProgress&)>& change) {
  const FileLock turn(root / ".course" / "lock");
  CourseProgress progress = load_progress(root);
  change(progress);
  json document = json::object();
  for (const auto& [name, lab] : progress) {
    document[name] = to_json(lab);
  }
  nn::write_whole(progress_file(root), json_text(document));
  return progress;
}

std::string fingerprint(const Lab& lab) {
  std::string all;
  for (const std::string& file : lab.files) {
    const fs::path path = lab.folder() / file;
    all += file + (fs::exists(path) ? " " + sha256_of_file(path) : " is missing") + "\n";
  }
  return sha256(all);
}

bool is_untouched(const Lab& lab) {
  return std::all_of(lab.files.begin(), lab.files.end(),
                     [&](const std::string& file) { return same_content(lab.folder() / file, lab.starter() / file); });
}

std::vector<std::string> missing_files(const Lab& lab) {
  std::vector<std::string> missing;
  for (const std::string& file : lab.files) {
    if (!fs::exists(lab.folder() / file)) {
      missing.push_back(file);
    }
  }
  return missing;
}

}  // namespace grader
