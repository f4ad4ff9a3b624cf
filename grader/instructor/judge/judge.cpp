#include "judge/judge.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>

#include "files/scratch_folder.hpp"
#include "home/compiler_report.hpp"
#include "judge/judge_answer.hpp"
#include "judge/lab_version.hpp"
#include "lab/version.hpp"
#include "system/text.hpp"
#include "system/utc.hpp"
#include "testing/keyed.hpp"

namespace grader {

namespace {

constexpr std::size_t max_compiler_output = 4000;
constexpr std::size_t max_test_output = 2000;
constexpr int patience = 3;  // the number of tests of a submission that may reach their time limit
constexpr int less_time = 10;

/// The limits of the tests after those, because the other submissions of the class are waiting.
Limits with_less_time(Limits limits) {
  limits.cpu = std::max(limits.cpu / less_time, std::chrono::seconds(1));
  limits.wall = std::max(limits.wall / less_time, std::chrono::milliseconds(2000));
  return limits;
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  if (!file.flush()) {
    throw std::runtime_error("cannot write " + path.string());
  }
}

/// The lab's recorded observations for the public seed; nothing if there is no such file.
wire::Expected load_recorded(const Lab& lab) {
  return std::filesystem::exists(lab.expected_file())
             ? wire::Expected::from_document(safetensors::load(lab.expected_file()))
             : wire::Expected();
}

/// The paths of the submission's folders inside the sandbox.
const std::filesystem::path inside = "/submission";

/// Whether the system killed the compiler's inner program; g++ and clang report this only in words. Where there is an
/// error too, the words may be the student's: a static_assert prints whatever it likes.
bool inner_compiler_killed(const Outcome& outcome) {
  const bool says_so = contains(outcome.output, ": fatal error: Killed signal terminated program") ||
                       contains(outcome.output, ": error: unable to execute command: Killed");
  return outcome.exit_status != 0 && says_so && !contains(outcome.output, (inside / "source").string());
}

/// Why there is no program, for the student: the first error, with the file's path at home.
std::string compiler_output(const Outcome& outcome, const Lab& lab) {
  const bool stopped = outcome.timed_out || outcome.signal != 0 || inner_compiler_killed(outcome);
  std::string text = stopped ? "The compiler was stopped: it took too long, or too much memory.\n" : "";
  const std::string source = (inside / "source").string() + "/";
  std::string report = outcome.output;
  for (std::size_t at = 0; (at = report.find(source, at)) != std::string::npos;) {
    report.replace(at, source.size(), "labs/" + lab.name + "/");
  }
  return inert(text + first_error(report, lab.root), max_compiler_output);
}

}  // namespace

Judge::Judge(const Lab& lab, std::uint64_t seed, Isolation isolation)
    : lab_(lab),
      seed_(seed),
      isolation_(isolation),
      harness_(load_harness(lab)),
      lab_version_(lab_version(lab)),
      judge_version_(course_version(lab.root)),
      tests_(list_tests(lab.program("solution", "tests"))),
      public_(lab, wire::public_seed),
      recorded_(load_recorded(lab)) {}

Result Judge::grade(const Submission& submission, Clock::time_point deadline) const {
  Result result;
  result.student = submission.student;
  result.lab = lab_.name;
  result.sha256 = submission.sha256;
  result.submitted_at = utc_text_if_known(submission.submitted.best());
  result.graded_at = utc_text(utc_now());
  result.lab_version = lab_version_;
  result.judge_version = judge_version_;
  result.seed = seed_of(submission);
  result.isolation = containment(isolation_);
  result.error = submission.error;
  result.ignored = submission.ignored;
  for (const TestInfo& test : tests_) {
    result.tests.emplace_back().test = test;
  }
  if (!result.error.empty()) {
    return result;
  }

  // Compile in a separate folder, which is removed at the end
  const nn::ScratchFolder folder;
  if (compile(submission, folder.path(), result)) {
    run_tests(folder.path(), Reference(lab_, seed_of(submission)), deadline, result);
  }
  return result;
}

std::uint64_t Judge::seed_of(const Submission& submission) const {
  return wire::keyed_numbers(seed_, {"submission", lab_.name, submission.student, submission.sha256})[0];
}

void Judge::run_tests(const std::filesystem::path& folder, const Reference& reference, Clock::time_point deadline,
                      Result& result) const {
  const double most_seconds = patience * std::chrono::duration<double>(lab_.test_limits.wall).count();
  int out_of_time = 0;
  for (TestResult& test : result.tests) {
    if (Clock::now() > deadline) {
      test.status = Status::timeout;
      test.messages.push_back("Not run: compiling and the earlier tests took all the available time.");
      continue;
    }
    const bool hurried = out_of_time >= patience || result.test_seconds >= most_seconds;
    test.shapes = reference.shapes.at(test.test.name);
    run_test(folder, reference, hurried ? with_less_time(lab_.test_limits) : lab_.test_limits, test);
    result.test_seconds += test.seconds;
    out_of_time += test.status == Status::timeout ? 1 : 0;
    if (hurried && test.status == Status::timeout) {
      test.messages.push_back(
          "Its time limit was a tenth of the usual one, because the earlier tests had taken as long as three may.");
    }
  }
}

bool Judge::compile(const Submission& submission, const std::filesystem::path& folder, Result& result) const {
  // Write the sources, and an empty folder for the program
  std::filesystem::create_directories(folder / "source");
  std::filesystem::create_directories(folder / "built");
  std::vector<std::string> sources;
  for (const auto& [name, content] : submission.files) {
    write_file(folder / "source" / name, content);
    sources.push_back(inside / "source" / name);
  }

  // Compile and link with our flags against our headers, objects and libraries
  Job job;
  job.arguments = compile_command(harness_, sources, inside / "built" / "test");
  job.mounts = compile_mounts(harness_, lab_);
  job.mounts.push_back({folder / "source", inside / "source", false});
  job.mounts.push_back({folder / "built", inside / "built", true});
  job.limits = lab_.compile_limits;
  Outcome outcome = run_in_sandbox(job, isolation_);
  if (inner_compiler_killed(outcome) && outcome.machine_out_of_memory) {
    outcome = run_in_sandbox(job, isolation_);  // that was not its fault
  }
  result.compile_seconds = outcome.wall_seconds;
  if (!outcome.succeeded()) {
    result.compiler_output = compiler_output(outcome, lab_);
  }
  return outcome.succeeded() &&
         std::filesystem::is_regular_file(std::filesystem::symlink_status(folder / "built" / "test"));
}

Outcome Judge::run_program(const std::filesystem::path& folder, const Limits& limits, const Reference& reference,
                           const std::string& test) const {
  // Pass the givens as a file, so that neither side waits for the other
  const std::filesystem::path givens = folder / "givens";
  const std::vector<std::byte>& bytes = reference.givens.at(test);
  write_file(givens, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});

  Job job;
  job.arguments = {inside / "test", "--role", "answer", "--test", test};
  job.mounts = {{folder / "built" / "test", inside / "test", false}};
  job.input = givens;
  job.limits = limits;
  return run_in_sandbox(job, isolation_);
}

void Judge::run_test(const std::filesystem::path& folder, const Reference& reference, const Limits& limits,
                     TestResult& result) const {
  const Outcome outcome = run_program(folder, limits, reference, result.test.name);
  judge_answer(reference.expected, outcome, result, limits.cpu);
  result.output = inert(outcome.output, max_test_output);
  result.seconds = outcome.wall_seconds;
  if (result.status == Status::failed && !wrong_values(reference.expected, result.test.name, outcome).empty()) {
    explain(folder, limits, result);
  }
}

void Judge::explain(const std::filesystem::path& folder, const Limits& limits, TestResult& result) const {
  const Outcome outcome = run_program(folder, limits, public_, result.test.name);
  TestResult at_home;
  at_home.test = result.test;
  judge_answer(public_.expected, outcome, at_home, limits.cpu);
  if (at_home.status == Status::passed) {
    result.messages.push_back("It passes with the inputs of ./course test: what do those inputs have in common?");
  }
  const std::string& test = result.test.name;
  result.mistakes = recorded_.name_mistakes(test, wrong_values(public_.expected, test, outcome));
  if (result.mistakes.empty()) {
    for (const std::string& sentence :
         diagnosis(public_.expected, wire::parse_all(public_.givens.at(test), {}), test, outcome)) {
      result.messages.push_back("Compared, with the inputs of ./course test: " + sentence);
    }
  }
}

}  // namespace grader
