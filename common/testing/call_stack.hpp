#pragma once

#include <functional>
#include <string>

namespace nn {

// Where in the student's files something happened, in words: "labs/02_mlp/mlp.cpp:152, in Linear::backward". It is the
// innermost call that stands in one of the files that lab.json names; empty if none does. Every program that links
// this file remembers the call stack of each exception that it throws.

/// Where the last exception of this thread was thrown.
std::string place_of_exception();

/// How a program ends before its time.
struct Crash {
  int signal = 0;  // 0 for exit()
  std::string place;
  bool endless_recursion = false;
};

/// From now on calls `report` when a crash (SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGFPE) or the end of its time (SIGXCPU)
/// stops this program, before the signal ends it. Memory may be in disorder: a report that crashes or takes more than
/// two seconds is cut off, and a general sentence stands for it.
void report_crashes(std::function<void(const Crash&)> report);

/// Reports that exit() was called in a test. For a function that exit calls.
void report_exit();

}  // namespace nn
