#include "program/program.hpp"

#include <array>
#include <doctest/doctest.h>
#include <fstream>
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

TEST_CASE("ProgramOptions refuses what does not fit and ends well after --help") {
  const auto status = [](std::vector<const char*> words) {
    ProgramOptions options("A program.", "program");
    std::string data;
    std::size_t size = 1;
    options.choice("--data", data, "a source", {"digits", "mnist"});
    options.number("--size", size, "a size", 1, 9);
    words.insert(words.begin(), "program");
    return options.read(static_cast<int>(words.size()), words.data()).value_or(-1);
  };
  CHECK(status({"--help"}) == 0);
  CHECK(status({}) == -1);
  CHECK(status({"--data", "letters"}) > 0);
  CHECK(status({"--size", "-1"}) > 0);
  CHECK(status({"--size", "two"}) > 0);
  CHECK(status({"--sise", "2"}) > 0);
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
