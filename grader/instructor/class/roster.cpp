#include "class/roster.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdexcept>
#include <utility>

#include "class/csv_table.hpp"
#include "files/csv.hpp"
#include "files/whole_file.hpp"
#include "submission/submission.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> roster_columns = {"name", "id", "email", "folder", "group", "participant"};

/// A column's name as people write it: "E-Mail" is email.
std::string column_name(const std::string& cell) {
  std::string name;
  for (const char c : cell) {
    if (c != '-' && c != ' ') name += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return name;
}

/// Which cell of a row is which column.
std::map<std::string, std::size_t> header_of(const Row& row) {
  std::map<std::string, std::size_t> columns;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string name = column_name(row.cells[i]);
    if (std::ranges::find(roster_columns, name) == roster_columns.end()) {
      throw std::runtime_error(fmt::format("line {}: the header row has a column '{}'. The columns are: {}", row.line,
                                           inert(row.cells[i], 100), fmt::join(roster_columns, ", ")));
    }
    if (!columns.emplace(name, i).second) {
      throw std::runtime_error(fmt::format("line {}: the header row has the column '{}' twice", row.line, name));
    }
  }
  if (!columns.contains("name") || (!columns.contains("id") && !columns.contains("folder"))) {
    throw std::runtime_error(fmt::format(
        "line {}: the first row must name the columns, at least name and id, such as: name,id,email,folder,group",
        row.line));
  }
  return columns;
}

Person person_of(const Row& row, const std::map<std::string, std::size_t>& columns) {
  if (row.cells.size() != columns.size()) {
    throw std::runtime_error(fmt::format("line {}: this row has {} cells, but the header row has {}", row.line,
                                         row.cells.size(), columns.size()));
  }
  const auto cell = [&](const std::string& column) {
    const auto found = columns.find(column);
    return found == columns.end() ? "" : row.cells[found->second];
  };
  const std::string called = cell("folder").empty() ? cell("id") : cell("folder");
  if (called.empty()) {
    throw std::runtime_error(fmt::format("line {}: this student has neither an id nor a folder", row.line));
  }
  return {student_key(called), cell("name"), cell("id"), cell("email"), cell("group"), cell("participant"), row.line};
}

/// The name without the number that Moodle adds: "Kim_Minsu_123456" is Kim_Minsu.
std::string without_number(const std::string& student) {
  const std::size_t end = student.find_last_not_of("0123456789");
  const bool numbered = end != std::string::npos && end > 0 && end + 1 < student.size() && student[end] == '_';
  return numbered ? student.substr(0, end) : student;
}

/// A full name as Canvas writes it into names of files: in small letters, without spaces, the last word first or not.
std::vector<std::string> names_of_canvas(const std::string& name) {
  std::vector<std::string> words;
  std::string word;
  for (const char letter : look_of(name) + " ") {
    if (letter != ' ' && letter != ',') {
      word += letter;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, ""));
    }
  }
  if (words.empty()) return {};
  std::string as_written = fmt::format("{}", fmt::join(words, ""));
  std::rotate(words.begin(), words.end() - 1, words.end());
  return {std::move(as_written), fmt::format("{}", fmt::join(words, ""))};
}

/// Throws std::runtime_error that names both lines if two people have the same in this column.
void refuse_equal(const std::vector<Person>& people, std::string Person::*column, const char* name) {
  std::map<std::string, std::size_t> lines;
  for (const Person& person : people) {
    const auto [known, is_new] = lines.emplace(person.*column, person.line);
    if (!is_new && !known->first.empty()) {
      throw std::runtime_error(fmt::format("lines {} and {}: two students have the {} '{}'", known->second, person.line,
                                           name, inert(known->first, 100)));
    }
  }
}

}  // namespace

Roster::Roster(std::vector<Person> people) : people_(std::move(people)) {
  refuse_equal(people_, &Person::id, "id");
  refuse_equal(people_, &Person::student, "folder");

  // What comes first is more certain
  for (const auto column : {&Person::student, &Person::id, &Person::email, &Person::name}) {
    call([&](const Person& person) {
      const std::string& text = person.*column;
      return text.empty() ? std::vector<std::string>() : std::vector<std::string>{text, student_key(text)};
    });
  }
  call([](const Person& person) { return names_of_canvas(person.name); });
}

void Roster::call(const std::function<std::vector<std::string>(const Person&)>& calls) {
  std::map<std::string, std::optional<std::size_t>> more;
  for (std::size_t i = 0; i < people_.size(); ++i) {
    for (const std::string& called : calls(people_[i])) {
      const auto [known, is_new] = more.emplace(called, i);
      if (!is_new && known->second != i) known->second = std::nullopt;
    }
  }
  by_call_.merge(more);
}

const Person* Roster::find(const std::string& student) const {
  for (const std::string& called : {student, without_number(student)}) {
    const auto found = by_call_.find(called);
    if (found != by_call_.end() && found->second) return &people_[*found->second];
  }
  return nullptr;
}

std::string Roster::student_called(const std::string& submission) const {
  const Person* person = find(submission);
  return person == nullptr ? student_key(submission) : person->student;
}

void Roster::learn(const Person& exported) {
  for (const std::string& text : {exported.id, exported.email, exported.student, exported.name}) {
    const Person* known = text.empty() ? nullptr : find(student_key(text));
    if (known != nullptr) {
      const auto index = static_cast<std::size_t>(known - people_.data());
      by_call_[exported.student] = index;
      people_[index].participant = exported.participant;
      if (people_[index].group.empty()) people_[index].group = exported.group;
      return;
    }
  }
}

std::vector<const Person*> Roster::group_of(const Person& person) const {
  std::vector<const Person*> members;
  for (const Person& other : people_) {
    if (other.student == person.student || (!person.group.empty() && other.group == person.group)) {
      members.push_back(&other);
    }
  }
  return members;
}

Roster read_roster(const fs::path& file) {
  const std::string text = text_of_csv(file);
  try {
    const std::vector<Row> rows = rows_of_csv(text);
    if (rows.size() < 2)
      throw std::runtime_error("it needs a header row, such as name,id,email, and a row per student");
    const auto columns = header_of(rows.front());
    std::vector<Person> people;
    for (auto row = rows.begin() + 1; row != rows.end(); ++row) people.push_back(person_of(*row, columns));
    return Roster(std::move(people));
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(fmt::format("{}: {}", file.string(), error.what()));
  }
}

void keep_roster(const fs::path& file, const fs::path& results) {
  nn::write_whole(results / "roster.csv", text_of_csv(file));
}

void keep_exported(const std::vector<Person>& people, const fs::path& results, const std::string& lab) {
  // Whoever is there already is replaced
  const fs::path file = results / lab / "exported.csv";
  const Roster before = fs::exists(file) ? read_roster(file) : Roster();
  std::map<std::string, Person> all;
  for (const Person& person : before.people()) all[person.student] = person;
  for (const Person& person : people) {
    std::erase_if(all, [&](const auto& known) { return !person.id.empty() && known.second.id == person.id; });
    all[person.student] = person;
  }
  if (all.empty()) return;

  std::string text = "name,id,email,folder,group,participant\n";
  for (const auto& [student, person] : all) {
    text +=
        fmt::format("{},{},{},{},{},{}\n", nn::csv_cell(person.name), nn::csv_cell(person.id),
                    nn::csv_cell(person.email), nn::csv_cell(student), nn::csv_cell(person.group), person.participant);
  }
  nn::write_whole(file, text);
}

bool has_roster(const fs::path& results) { return fs::exists(results / "roster.csv"); }

Roster roster_of(const fs::path& results, const std::string& lab) {
  const fs::path file = results / lab / "exported.csv";
  const Roster exported = fs::exists(file) ? read_roster(file) : Roster();
  if (!has_roster(results)) return exported;
  Roster roster = read_roster(results / "roster.csv");
  for (const Person& person : exported.people()) roster.learn(person);
  return roster;
}

}  // namespace grader
