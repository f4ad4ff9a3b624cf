#include <array>
#include <csignal>
#include <cstdio>
#include <doctest/doctest.h>
#include <fstream>
#include <string>
#include <sys/wait.h>

namespace {

struct Ending {
  std::string output;
  int status = 0;  // as the shell has it: 128 + a signal
};

/// Runs a test of faults.cpp by the shell, as the prefix says.
Ending run_fault(const std::string& test, const std::string& prefix = "") {
  const std::string command = prefix + "'" FAULTS_PROGRAM "' --test '" + test + "' 2>&1";
  FILE* pipe = popen(("(" + command + ")").c_str(), "r");
  REQUIRE(pipe != nullptr);
  Ending ending;
  std::array<char, 4096> chunk;
  for (std::size_t count = 0; (count = std::fread(chunk.data(), 1, chunk.size(), pipe)) > 0;) {
    ending.output.append(chunk.data(), count);
  }
  ending.status = WEXITSTATUS(pclose(pipe));
  return ending;
}

/// "labs/99_faults/faults.cpp:24", the line in which the code stands.
std::string place_of(const std::string& code) {
  std::ifstream file(FAULTS_SOURCE);
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.find(code) != std::string::npos) {
      return "labs/99_faults/faults.cpp:" + std::to_string(number);
    }
  }
  return "no line holds " + code;
}

bool says(const Ending& ending, const std::string& text) {
  INFO(ending.output);
  CHECK(ending.output.find(text) != std::string::npos);
  return ending.output.find(text) != std::string::npos;
}

}  // namespace

TEST_SUITE("call_stack") {
  TEST_CASE("an exception tells the line and the function of the student's that it came from") {
    const Ending ending = run_fault("9.1 an index is past the end");
    CHECK(ending.status == 1);
    CHECK(says(ending, place_of("x.shape(1)") + ", in Layer::past_the_end: index 3 is out of bounds for axis 1"));
    const Ending shape = run_fault("9.1 a shape does not fit");
    CHECK(says(shape, place_of("a shape does not fit") + ", in "));
    CHECK(says(shape, "f: x has shape (2, 3), expected (any, 4)"));
  }

  TEST_CASE("a crash tells where it was and what it means, and ends the program by its signal") {
    const Ending span = run_fault("9.2 an index is past the end of a span");
    CHECK(span.status == 128 + SIGABRT);
    CHECK(says(span, "std::span expects: "));
    CHECK(says(span, "at " + place_of("x[x.size()]") + ", in Layer::past_the_span: "));
    const Ending pointer = run_fault("9.2 a reference to nothing");
    CHECK(pointer.status == 128 + SIGSEGV);
    CHECK(says(pointer, place_of("(*x)(0)") + ", in read: memory was used that is not there"));
  }

  TEST_CASE("a crash that leaves no order in memory still says what to look for") {
    const Ending ending = run_fault("9.2 memory is overwritten");
    CHECK(ending.status == 128 + SIGSEGV);
    CHECK(says(ending, "something wrote where it must not"));
  }

  TEST_CASE("endless recursion is called that") {
    const Ending ending = run_fault("9.2 endless recursion");
    CHECK(ending.status == 128 + SIGSEGV);
    CHECK(says(ending, ", in recurse: endless recursion"));
  }

  TEST_CASE("a program whose time is up tells where it was") {
    const Ending ending = run_fault("9.2 a loop that does not end", "ulimit -S -t 1; ");
    CHECK(ending.status == 128 + SIGXCPU);
    CHECK(says(ending, ", in loop"));
  }

  TEST_CASE("a test that calls exit has not passed, and tells where") {
    const Ending ending = run_fault("9.2 exit is called");
    CHECK(ending.status == 3);
    CHECK(says(ending, "at " + place_of("std::exit(0)") + ", in give_up: exit() ends the whole program"));
  }

  TEST_CASE("thrown names what came, and lets pass what is not done yet") {
    CHECK(run_fault("9.3 an exception is caught and the test goes on").status == 0);
    CHECK(says(run_fault("9.3 what is not done yet passes through thrown"), "not done yet: "));
  }
}
