#pragma once

#include <cstddef>
#include <filesystem>
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
  /// it. Null if nobody does. The number that Moodle adds to a name may follow.
  const Person* find(const std::string& student) const;

  /// What the student with this submission is called: by the roster, or as the submission if nobody has it.
  std::string student_called(const std::string& submission) const;

  /// Everybody for whom a submission of this person counts, the person included.
  std::vector<const Person*> group_of(const Person& person) const;

 private:
  std::vector<Person> people_;
  std::map<std::string, std::optional<std::size_t>> by_call_;  // nothing if several people are called so
};

/// Reads a roster. Throws std::runtime_error that names the file and the line for anything that differs from the form
/// above.
Roster read_roster(const std::filesystem::path& file);

/// Keeps a copy of the roster that the instructor gave as results/roster.csv.
void keep_roster(const std::filesystem::path& file, const std::filesystem::path& results);

/// The roster in a folder of results; empty if none was given.
Roster roster_of(const std::filesystem::path& results);

}  // namespace grader
