#include "class/slurm.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "class/grading.hpp"
#include "system/process.hpp"
#include "train/progress.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_parts = 256;
constexpr std::size_t submissions_per_part = 4;  // each part first runs the reference and the mistakes
constexpr std::chrono::seconds between_looks{2};

/// Runs a Slurm command and returns its output.
std::string ask_slurm(const std::vector<std::string>& arguments) {
  Command command;
  command.arguments = arguments;
  try {
    const Outcome outcome = run(command);
    if (outcome.succeeded()) {
      return outcome.output.substr(0, outcome.output.find_last_not_of(" \n") + 1);
    }
    throw std::runtime_error(fmt::format("{} failed:\n{}", arguments.front(), outcome.output));
  } catch (const std::system_error&) {
    throw std::runtime_error(
        arguments.front() +
        " was not found. Run this on a machine that can submit jobs to your Slurm cluster (package "
        "slurm-client), or grade without --executor slurm.");
  }
}

/// Whether the job, or one job of its array, is waiting or running. A job that Slurm does not know has ended.
bool is_running(const std::string& job) {
  const std::string jobs = ask_slurm({"squeue", "--noheader", "--me", "--array", "--format=%F"});
  return !job.empty() && ("\n" + jobs + "\n").find("\n" + job + "\n") != std::string::npos;
}

std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char letter : word) {
    text += letter == '\'' ? "'\\''" : std::string(1, letter);
  }
  return text + "'";
}

/// Writes the script of the array job and submits it. Returns the job's number.
std::string submit(const fs::path& log_folder, const std::vector<std::string>& words, const Lab& lab, std::size_t parts,
                   std::size_t jobs) {
  const fs::path script = log_folder / "job.sh";
  const fs::path program = fs::absolute(lab.root / "build" / "check" / "grader" / "instructor");
  std::string text =
      fmt::format("#!/bin/sh\nexport COURSE_ROOT={}\nexec {}", quoted(fs::absolute(lab.root)), quoted(program));
  for (const std::string& word : words) {
    text += " " + quoted(word);
  }
  std::ofstream(script) << text << fmt::format(" --part \"$SLURM_ARRAY_TASK_ID/{}\"\n", parts);
  return ask_slurm({"sbatch", "--parsable", "--job-name=grade-" + lab.name,
                    fmt::format("--array=0-{}{}", parts - 1, jobs == 0 ? "" : fmt::format("%{}", jobs)),
                    "--cpus-per-task=1", "--output=" + (log_folder / "part-%a.log").string(), script.string()});
}

std::string read_word(const fs::path& file) {
  std::string word;
  std::ifstream(file) >> word;
  return word;
}

}  // namespace

void grade_on_slurm(const std::vector<std::string>& words, const Lab& lab, const std::vector<Submission>& submissions,
                    const ResultsFolder& folder, std::size_t jobs) {
  const fs::path log_folder = fs::absolute(folder.path()) / "slurm";
  const fs::path job_file = log_folder / "job";
  fs::create_directories(log_folder);
  std::size_t left = missing(submissions, folder).size();
  if (left == 0) {
    return;
  }

  // Continue with a job that is still running, or submit a new one
  std::string job = read_word(job_file);
  if (is_running(job)) {
    fmt::print("Waiting for job {}, which is still running.\n", job);
  } else {
    const std::size_t parts =
        std::min(max_parts, (submissions.size() + submissions_per_part - 1) / submissions_per_part);
    job = submit(log_folder, words, lab, parts, jobs);
    std::ofstream(job_file) << job << '\n';
    fmt::print("Submitted job {} with {} parts.\n", job, parts);
  }
  std::fflush(stdout);

  // Wait for the results
  nn::Progress progress("grading", left);
  for (bool running = true; running && left > 0;) {
    std::this_thread::sleep_for(between_looks);
    running = is_running(job);
    const std::size_t now = missing(submissions, folder).size();
    if (now < left) {
      progress.advance(left - now);
      left = now;
    }
  }
  progress.finish();
  if (left > 0) {
    throw std::runtime_error(fmt::format(
        "job {} has ended, but {} submissions have no result. The output of the nodes is in {}. Run the same "
        "command again to grade the missing ones.",
        job, left, log_folder.string()));
  }
}

}  // namespace grader
