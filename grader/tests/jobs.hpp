#pragma once

#include <chrono>
#include <string>

#include "sandbox/job.hpp"

/// A job that runs a shell script, with plenty of time.
inline grader::Job shell_job(const std::string& script) {
  grader::Job job;
  job.arguments = {"sh", "-c", script};
  job.limits = grader::test_limits();
  job.limits.wall = std::chrono::minutes(5);
  return job;
}

/// A job in which bad_program makes the attempt of that name; its processes are known by the mark.
inline grader::Job attempt(const std::string& name, const std::string& mark = "unmarked") {
  grader::Job job = shell_job("");
  job.arguments = {"/bad_program", name, mark};
  job.mounts = {{BAD_PROGRAM, "/bad_program", false}};
  job.environment = {"ASAN_OPTIONS=detect_leaks=0"};  // because it would trace the program
  return job;
}
