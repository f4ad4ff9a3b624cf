#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

/// The bytes as text: an answer of a program.
inline std::string text_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The command lines that contain the mark, by process id, with spaces between the words.
inline std::map<int, std::string> processes_with(const std::string& mark) {
  std::map<int, std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "cmdline");
    std::string line;
    std::getline(file, line);  // empty, without an exception, if the process has just ended
    std::ranges::replace(line, '\0', ' ');
    if (line.find(mark) != std::string::npos) {
      found[std::stoi(entry.path().filename().string())] = line;
    }
  }
  return found;
}
