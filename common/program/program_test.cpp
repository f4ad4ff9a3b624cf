#include "program/program.hpp"

#include <array>
#include <doctest/doctest.h>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "files/scratch_folder.hpp"
#include "program/peak_memory.hpp"
#include "program/timing.hpp"

namespace nn {

namespace {

/// The exit status of a program with an option --size, and what it left in `size`.
int status_of(std::vector<const char*> words, std::size_t& size, const std::function<void()>& run) {
  ProgramOptions options("A program.", "program");
  options.number("--size", size, "a size", 1, 9);
  words.insert(words.begin(), "program");
  return run_program(options, static_cast<int>(words.size()), words.data(), run);
}

}  // namespace

TEST_CASE("run_program reads the options before it runs") {
  std::size_t size = 1, seen = 0;
  CHECK(status_of({"--size", "5"}, size, [&] { seen = size; }) == 0);
  CHECK(seen == 5);
}

TEST_CASE("run_program ends with another status after an exception, and runs nothing if its words are wrong") {
  std::size_t size = 1;
  CHECK(status_of({}, size, [] { throw std::runtime_error("(the test threw this)"); }) == 1);
  bool ran = false;
  CHECK(status_of({"--size", "10"}, size, [&] { ran = true; }) != 0);
  CHECK_FALSE(ran);
}

TEST_CASE("ProgramOptions reads every kind of option and keeps the defaults of those that are not given") {
  ProgramOptions options("A program.", "program");
  std::string out = "here", data = "digits", kept = "kept";
  std::vector<std::size_t> sizes = {1};
  double rate = 0;
  float decay = 0;
  bool loud = false;
  options.text("--out", out, "a folder");
  options.text("--kept", kept, "not given");
  options.choice("--data", data, "a source", {"digits", "mnist"});
  options.numbers("--sizes", sizes, "sizes", 1, 9);
  options.real("--rate", rate, "a rate");
  options.real("--decay", decay, "a decay");
  options.flag("--loud", loud, "whether");
  const std::vector<const char*> words = {"program", "--out",  "there", "--data",  "mnist", "--sizes", "2",
                                          "3",       "--rate", "0.5",   "--decay", "0.25",  "--loud"};
  CHECK_FALSE(options.read(static_cast<int>(words.size()), words.data()));
  CHECK(out == "there");
  CHECK(kept == "kept");
  CHECK(data == "mnist");
  CHECK(sizes == std::vector<std::size_t>{2, 3});
  CHECK(rate == 0.5);
  CHECK(decay == 0.25F);
  CHECK(loud);
}

namespace {

/// What ProgramOptions answers to words, and what it prints.
struct Answer {
  std::optional<int> status;
  std::string text;
};

Answer answer_to(std::vector<const char*> words) {
  ProgramOptions options("A program.", "./course demo 02");
  std::string data;
  std::size_t size = 1, steps = 2;
  std::vector<std::size_t> sizes;
  double rate = 0;
  bool loud = false;
  options.choice("--data", data, "a source", {"digits", "mnist"});
  options.number("--size", size, "a size", 1, 9);
  options.number("--steps", steps, "steps", 2);
  options.numbers("--sizes", sizes, "several sizes", 1, 9);
  options.real("--rate", rate, "a rate");
  options.flag("--loud", loud, "whether");
  words.insert(words.begin(), "program");

  std::ostringstream text;
  std::streambuf* const out = std::cout.rdbuf(text.rdbuf());
  std::streambuf* const err = std::cerr.rdbuf(text.rdbuf());
  const std::optional<int> status = options.read(static_cast<int>(words.size()), words.data());
  std::cout.rdbuf(out);
  std::cerr.rdbuf(err);
  return {status, text.str()};
}

}  // namespace

TEST_CASE("ProgramOptions says what is wrong with a word and what would be right") {
  const auto reason = [](const std::vector<const char*>& words) {
    const Answer answer = answer_to(words);
    CHECK(answer.status == 64);
    return answer.text.substr(0, answer.text.find('\n'));
  };
  CHECK(reason({"--sise", "2"}) == "--sise is unknown");
  CHECK(reason({"-x"}) == "-x is unknown");
  CHECK(reason({"--loud=3"}) == "--loud=3 is unknown");
  CHECK(reason({"two"}) == "two belongs to no option");
  CHECK(reason({"--loud", "two"}) == "two belongs to no option");
  CHECK(reason({"--size", "2", "3"}) == "3 belongs to no option");
  CHECK(reason({"--rate"}) == "--rate has no value: expected a number");
  CHECK(reason({"--size", "--loud"}) == "--size --loud: expected a whole number from 1 to 9");
  CHECK(reason({"--data", "letters"}) == "--data letters: expected digits or mnist");
  for (const char* const size : {"0", "10", "-1", "two", "2.5", "2x", "", "18446744073709551617"}) {
    CHECK(reason({"--size", size}) == "--size " + std::string(size) + ": expected a whole number from 1 to 9");
  }
  CHECK(reason({"--steps", "1"}) == "--steps 1: expected a whole number, at least 2");
  CHECK(reason({"--sizes", "2", "10"}) == "--sizes 10: expected a whole number from 1 to 9, or several");
  for (const char* const rate : {"fast", "1e999", "nan", "0.5x", ""}) {
    CHECK(reason({"--rate", rate}) == "--rate " + std::string(rate) + ": expected a number");
  }
}

TEST_CASE("ProgramOptions prints its options after --help, and nothing if the program should go on") {
  CHECK(answer_to({"--help"}).status == 0);
  CHECK(answer_to({"--size", "2", "-h"}).text == R"(A program.
Usage: ./course demo 02 [OPTIONS]

Options:
  -h, --help  print this help and exit
  --data      a source (digits or mnist)
  --size      a size (a whole number from 1 to 9)
  --steps     steps (a whole number, at least 2)
  --sizes     several sizes (a whole number from 1 to 9, or several)
  --rate      a rate (a number)
  --loud      whether
)");
  CHECK_FALSE(answer_to({}).status);
  CHECK(answer_to({"--size=2", "--loud"}).text.empty());
}

TEST_CASE("median is the number in the middle, whatever the order") {
  CHECK(median({3}) == 3);
  CHECK(median({9, 1, 5}) == 5);
  CHECK(median({4, 1, 3, 2}) == 3);
}

TEST_CASE("seconds_per_call repeats what is short, calls once what is long, and is never zero") {
  std::size_t calls = 0;
  CHECK(seconds_per_call([&] { ++calls; }, 0.02) > 0);
  CHECK(calls > 1);
  calls = 0;
  const double seconds = seconds_per_call(
      [&] {
        ++calls;
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
      },
      0.001);
  CHECK(calls == 1);
  CHECK(seconds >= 0.03);
}

TEST_CASE("median_times takes the median of each name, also of one that is not there in every round") {
  double round = 0;
  const Times times = median_times(3, [&] {
    ++round;
    return round == 2 ? Times{{"a", 10 * round}, {"b", 7}} : Times{{"a", 10 * round}};
  });
  CHECK(times == Times{{"a", 20}, {"b", 7}});
}

TEST_CASE("times_in_python reads names and numbers, nothing where a library is missing, and throws if a script fails") {
  if (!std::filesystem::exists("/usr/bin/python3")) {
    MESSAGE("skipped: Python is not installed");
    return;
  }
  const nn::ScratchFolder scratch;
  const auto script = [&](const std::string& text) {
    const auto path = scratch.path() / "script.py";
    std::ofstream(path) << text;
    return path;
  };
  CHECK(times_in_python(script("import sys\nprint('first', 2)\nprint('second', int(sys.argv[1]) / 8)"), {4}) ==
        Times{{"first", 2}, {"second", 0.5}});
  CHECK(times_in_python(script("print('first', 2)\nimport sys\nsys.exit(77)"), {}).empty());
  CHECK_THROWS_AS(times_in_python(script("import sys\nsys.exit(3)"), {}), std::runtime_error);
}

TEST_CASE("peak_megabytes counts what a call takes, also if it gives it back") {
  const double peak = peak_megabytes([] {
    std::vector<char> bytes(64 << 20);
    for (std::size_t i = 0; i < bytes.size(); i += 1024) {
      *static_cast<volatile char*>(&bytes[i]) = 1;
    }
  });
  CHECK(peak > 60);
  CHECK(peak < 80);
}

}  // namespace nn
