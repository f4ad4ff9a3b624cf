#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "class/roster.hpp"
#include "lab/lab.hpp"
#include "submission/submission.hpp"

// For tests that make the submissions of a class.

inline grader::Lab mlp() {
  grader::Lab lab;
  lab.name = "02_mlp";
  lab.files = {"mlp.cpp"};
  return lab;
}

inline grader::Person person(const std::string& student, const std::string& name, const std::string& id) {
  grader::Person person;
  person.student = student;
  person.name = name;
  person.id = id;
  return person;
}

inline void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

inline std::vector<std::string> students(const std::vector<grader::Submission>& submissions) {
  std::vector<std::string> names;
  for (const grader::Submission& submission : submissions) names.push_back(submission.student);
  return names;
}
