#include "program/program.hpp"

#include <array>
#include <doctest/doctest.h>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "files/scratch_folder.hpp"
#include "program/timing.hpp"

using namespace nn;

namespace {

/// The exit status of a program with an option --size, and what it left in `size`.
int status_of(std::vector<std::string> words, std::size_t& size, const std::function<void()>& run) {
  CLI::App app("A program.", "program");
  app.add_option("--size", size, "a size")->check(CLI::Range(1, 9));
  words.insert(words.begin(), "program");
  std::vector<char*> argv;
  for (std::string& word : words) {
    argv.push_back(word.data());
  }
  return run_program(app, static_cast<int>(argv.size()), argv.data(), run);
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
