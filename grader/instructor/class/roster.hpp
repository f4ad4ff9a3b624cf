#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace grader {

/// A student of the course.
struct Person {
  std::string student;  // the name in the gradebook, in pages and in exports
  std::string name;     // the full name
  std::string id;       // the student number
  std::string email;
  std::string group;        // those of one group share their submissions; empty for none
  std::string participant;  // the number in the names of Moodle's folders
  std::size_t line{};       // of the roster's file
};

/// Who takes the course. A CSV file (RFC 4180, in UTF-8 or CP949, with commas or semicolons) with a header row and, in
/// any order, the columns
///
///     name      the full name
///     id        the student number
///     email     optional, as group is
///     folder    what this student's submissions are called, without .zip; optional
///     group     one submission of a group counts for all who have the same
///     participant   the number in the names of Moodle's folders; optional, and known from the folders themselves
///
/// Each row has a folder or an id: the student is called by the folder, or else by the id.
class Roster {
 public:
  Roster() = default;
  /// Throws std::runtime_error that names both lines if two people have the same folder or id.
  explicit Roster(std::vector<Person> people);

  bool empty() const { return people_.empty(); }
  const std::vector<Person>& people() const { return people_; }

  /// Who handed in a submission that is called so: by folder, else by id, e-mail or full name, if only one person has
  /// it. Null if nobody does. Canvas's form of the full name is one, and the number that Moodle or Canvas adds may
  /// follow.
  const Person* find(const std::string& student) const;

  /// What the student with this submission is called: by the roster, or by student_key if nobody has it.
  std::string student_called(const std::string& submission) const;

  /// Takes in what an export says about a person of the roster: what the submissions are called there, the number of
  /// the participant and, if the roster has none, the group. Somebody else is not taken in.
  void learn(const Person& exported);

  /// Everybody for whom a submission of this person counts, the person included.
  std::vector<const Person*> group_of(const Person& person) const;

 private:
  /// Lets everybody be called as `calls` says, unless the name is taken; what two people would be called, nobody is.
  void call(const std::function<std::vector<std::string>(const Person&)>& calls);

  std::vector<Person> people_;
  std::map<std::string, std::optional<std::size_t>> by_call_;  // nothing if several people are called so
};

/// Reads a roster. Throws std::runtime_error that names the file and the line for anything that differs from the form
/// above.
Roster read_roster(const std::filesystem::path& file);

/// Keeps a copy of the roster that the instructor gave as results/roster.csv.
void keep_roster(const std::filesystem::path& file, const std::filesystem::path& results);

/// Keeps the people of an export as results/02_mlp/exported.csv, beside those of earlier exports of the lab.
void keep_exported(const std::vector<Person>& people, const std::filesystem::path& results, const std::string& lab);

/// The roster of a lab in a folder of results: the one that was given, with what exports of the lab add. If none was
/// given, the people of the exports.
Roster roster_of(const std::filesystem::path& results, const std::string& lab);

/// Whether the instructor gave a roster.
bool has_roster(const std::filesystem::path& results);

}  // namespace grader
