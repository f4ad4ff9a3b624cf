#include "program/timing.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>
#include <sys/wait.h>

#include "program/program.hpp"

namespace nn {

namespace {

constexpr double round_seconds = 0.01;
constexpr int skipped_status = 77;
const std::filesystem::path python = "/usr/bin/python3";

}  // namespace

double median(std::vector<double> numbers) {
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::ranges::nth_element(numbers, middle);
  return *middle;
}

double seconds_per_call(const std::function<void()>& function, double budget) {
  const Stopwatch total;
  std::vector<double> rounds;
  do {
    const Stopwatch round;
    double calls = 0;
    do {
      function();
      ++calls;
    } while (round.seconds() < round_seconds);
    rounds.push_back(round.seconds() / calls);
  } while (total.seconds() < budget);
  return median(rounds);
}

Times median_times(std::size_t rounds, const std::function<Times()>& round) {
  std::map<std::string, std::vector<double>> all;
  for (std::size_t i = 0; i < rounds; ++i) {
    for (const auto& [name, time] : round()) {
      all[name].push_back(time);
    }
  }
  Times medians;
  for (const auto& [name, times] : all) {
    medians[name] = median(times);
  }
  return medians;
}

Times times_in_python(const std::filesystem::path& script, const std::vector<std::size_t>& arguments) {
  if (!std::filesystem::exists(python)) {
    return {};
  }
  std::string command = python.string() + " '" + (course_root() / script).string() + "'";
  for (const std::size_t argument : arguments) {
    command += " " + std::to_string(argument);
  }
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) {
    throw std::runtime_error("cannot start: " + command);
  }
  Times times;
  std::array<char, 64> name{};
  double number = 0;
  while (std::fscanf(pipe, "%63s %lf", name.data(), &number) == 2) {
    times[name.data()] = number;
  }
  const int status = pclose(pipe);
  if (WIFEXITED(status) && WEXITSTATUS(status) == skipped_status) {
    return {};
  }
  if (status != 0) {
    throw std::runtime_error("this command failed: " + command);
  }
  return times;
}

}  // namespace nn
