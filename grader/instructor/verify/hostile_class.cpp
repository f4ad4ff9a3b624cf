#include "verify/hostile_class.hpp"

#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "files/whole_file.hpp"
#include "system/process.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t class_size = 20;
constexpr std::size_t number_of_mistakes = 6;

/// Submissions of honest students: a few different files, repeated until there are enough.
std::vector<std::string> honest_files(const Lab& lab) {
  const std::string starter = nn::read_whole(lab.starter() / lab.files.front());
  const std::string solution = nn::read_whole(lab.solution() / lab.files.front());
  std::vector<std::string> files{solution, starter + "\nint forgotten = 1\n", starter, "",
                                 starter + "\nint twice;\nint twice;\n"};
  for (const auto& entry : fs::directory_iterator(lab.mistakes())) {
    const fs::path source = lab.mistake_source(entry.path().stem().string()) / lab.files.front();
    if (files.size() < 5 + number_of_mistakes && fs::exists(source)) {
      files.push_back(nn::read_whole(source));
    }
  }
  for (std::size_t i = files.size(); i < class_size; ++i) {
    files.push_back(fmt::format("{}\nint student_{} = {};\n", i % 2 == 0 ? starter : "#error not begun", i, i));
  }
  return files;
}

void put_canaries(const fs::path& scratch, const std::string& canary) {
  for (const char* name : {"seed", "classmate.cpp", "expected.safetensors"}) {
    std::ofstream(scratch / name) << canary << '\n';
  }
}

Grading read_grading(const fs::path& folder, const std::string& output) {
  Grading grading;
  grading.output = output;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string type = entry.path().extension();
    if (!entry.is_regular_file() || (type != ".json" && type != ".md" && type != ".html")) {
      continue;
    }
    const std::string text = nn::read_whole(entry.path());
    grading.documents[fs::relative(entry.path(), folder).string()] = text;
    if (entry.path().extension() != ".json") {
      continue;
    }
    const nlohmann::json document = nlohmann::json::parse(text);
    if (document.contains("student") && document.contains("tests")) {
      Result result = result_from_json(document);
      grading.results[result.student] = std::move(result);
    }
  }
  return grading;
}

}  // namespace

std::vector<fs::path> make_class(const Lab& lab, const fs::path& folder) {
  std::vector<fs::path> submissions;
  for (const std::string& file : honest_files(lab)) {
    submissions.push_back(folder / fmt::format("honest-{:02}", submissions.size()));
    fs::create_directories(submissions.back());
    if (!file.empty()) {
      std::ofstream(submissions.back() / lab.files.front(), std::ios::binary) << file;
    }
  }
  return submissions;
}

Grading grade_as_instructor(const Lab& lab, const std::vector<fs::path>& submissions, const fs::path& scratch,
                            const std::string& canary, std::uint64_t seed) {
  fs::create_directories(scratch / "tmp");
  put_canaries(scratch, canary);
  Command command;
  command.arguments = {fs::read_symlink("/proc/self/exe").string(),
                       "grade",
                       "--lab",
                       lab.name,
                       "--out",
                       (scratch / "results").string(),
                       "--seed",
                       std::to_string(seed),
                       "--earlier-closed",
                       "--limits",
                       (lab.root / "grader" / "tests" / "attacks" / "limits.json").string()};
  for (const fs::path& submission : submissions) {
    command.arguments.push_back(submission.string());
  }
  command.environment = {"TMPDIR=" + (scratch / "tmp").string(), "COURSE_SECRET=" + canary};
  command.wall_limit = std::chrono::hours(1);
  const Outcome outcome = run(command);
  if (!outcome.succeeded()) {
    throw std::runtime_error(fmt::format("course grade failed with status {}, signal {}:\n{}", outcome.exit_status,
                                         outcome.signal, outcome.output));
  }
  return read_grading(scratch / "results", outcome.output);
}

Result without_times(Result result) {
  result.graded_at.clear();
  result.compile_seconds = 0;
  result.test_seconds = 0;
  for (TestResult& test : result.tests) {
    test.seconds = 0;
  }
  return result;
}

}  // namespace grader
