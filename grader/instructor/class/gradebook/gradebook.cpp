#include "class/gradebook/gradebook.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <SQLiteCpp/VariadicBind.h>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

#include "class/gradebook/schema.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

constexpr int milliseconds_to_wait = 30'000;  // while another program writes

/// Runs one statement with these values.
template <class... Values>
void execute(SQLite::Database& database, const char* sql, const Values&... values) {
  SQLite::Statement statement(database, sql);
  SQLite::bind(statement, values...);
  statement.exec();
}

/// The single number of a query's result.
template <class... Values>
std::int64_t number(SQLite::Database& database, const char* sql, const Values&... values) {
  SQLite::Statement statement(database, sql);
  SQLite::bind(statement, values...);
  statement.executeStep();
  return statement.getColumn(0).getInt64();
}

SQLite::Database open(const std::filesystem::path& file) {
  std::filesystem::create_directories(file.parent_path());
  try {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, milliseconds_to_wait);
    database.exec("PRAGMA foreign_keys = ON");
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (version > gradebook_version) {
      throw std::runtime_error(fmt::format("{} is a gradebook of version {}; this program knows version {}",
                                           file.string(), version, gradebook_version));
    }
    if (version < gradebook_version) {
      database.exec(version == 0 ? gradebook_tables : gradebook_upgrade);
      database.exec(gradebook_view);
      database.exec(fmt::format("PRAGMA user_version = {}", gradebook_version));
    }
    transaction.commit();
    return database;
  } catch (const SQLite::Exception& error) {
    throw std::runtime_error(fmt::format("the gradebook {} cannot be opened: {}", file.string(), error.what()));
  }
}

std::string ids_of(const std::vector<wire::Mistake>& mistakes) {
  std::string ids;
  for (const wire::Mistake& mistake : mistakes) {
    ids += (ids.empty() ? "" : " ") + mistake.id;
  }
  return ids;
}

}  // namespace

Gradebook::Gradebook(const std::filesystem::path& file) : database_(open(file)) {}

template <class Change>
auto Gradebook::change(const Change& change) {
  try {
    SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
    const auto result = change();
    transaction.commit();
    return result;
  } catch (const SQLite::Exception& error) {
    throw std::runtime_error(
        fmt::format("the gradebook {} cannot be written: {}. The results are kept. Solve this problem, then run the "
                    "same command again.",
                    database_.getFilename(), error.what()));
  }
}

std::int64_t Gradebook::enter_submission(const std::string& student, const std::string& lab,
                                         const std::string& sha256) {
  execute(database_, "INSERT OR IGNORE INTO students VALUES (?)", student);
  execute(database_, "INSERT OR IGNORE INTO labs VALUES (?, '')", lab);
  execute(database_, "INSERT OR IGNORE INTO submissions (student, lab, sha256) VALUES (?, ?, ?)", student, lab, sha256);
  return number(database_, "SELECT id FROM submissions WHERE student = ? AND lab = ? AND sha256 = ?", student, lab,
                sha256);
}

std::optional<std::string> Gradebook::enter_attempt(const std::string& student, const std::string& lab,
                                                    const std::string& sha256, const SubmissionTime& time) {
  return change([&]() -> std::optional<std::string> {
    const std::string submitted_at = utc_text_if_known(time.best());
    const std::string found_at = utc_text_if_known(time.found);
    const std::int64_t submission = enter_submission(student, lab, sha256);

    // Look for the attempt: found at the same time before, or the student's last
    SQLite::Statement known(database_,
                            "SELECT id, submitted_at FROM attempts WHERE submission = ?1 AND (found_at = ?2 OR id = "
                            "(SELECT max(a.id) FROM attempts AS a JOIN submissions AS s ON s.id = a.submission "
                            "WHERE s.student = ?3 AND s.lab = ?4)) ORDER BY found_at = ?2 DESC LIMIT 1");
    SQLite::bind(known, submission, found_at, student, lab);
    if (!known.executeStep()) {
      execute(database_, "INSERT INTO attempts (submission, found_at, submitted_at) VALUES (?, ?, ?)", submission,
              found_at, submitted_at);
      return std::nullopt;
    }

    // A time that is told corrects one that is known
    const std::int64_t id = known.getColumn(0);
    const std::string before = known.getColumn(1);
    if (!time.told || before == submitted_at) {
      return std::nullopt;
    }
    execute(database_, "UPDATE attempts SET submitted_at = ? WHERE id = ?", submitted_at, id);
    return before;
  });
}

void Gradebook::enter(const Result& result, const std::filesystem::path& file) {
  if (number(database_, "SELECT count(*) FROM results WHERE file = ?", file.string()) != 0) {
    return;
  }
  change([&] {
    // Who, what and when
    const std::int64_t submission = enter_submission(result.student, result.lab, result.sha256);
    execute(database_,
            "INSERT INTO attempts (submission, found_at, submitted_at) SELECT ?1, ?2, ?2 "
            "WHERE NOT EXISTS (SELECT * FROM attempts WHERE submission = ?1)",
            submission, result.submitted_at);

    // The result and its tests
    execute(database_,
            "INSERT INTO results (submission, seed, lab_version, judge_version, isolation, error, points, "
            "compile_seconds, test_seconds, graded_at, file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            submission, std::to_string(result.seed), result.lab_version, result.judge_version, result.isolation,
            result.error, result.points(), result.compile_seconds, result.test_seconds, result.graded_at,
            file.string());
    const std::int64_t id = database_.getLastInsertRowid();
    for (std::size_t i = 0; i < result.tests.size(); ++i) {
      const TestResult& test = result.tests[i];
      execute(database_, "INSERT INTO tests VALUES (?, ?, ?, ?, ?, ?, ?, ?)", id, static_cast<std::int64_t>(i),
              test.test.name, test.points, test.test.points, std::string(name_of(test.status)), test.seconds,
              ids_of(test.mistakes));
    }
    return id;
  });
}

void Gradebook::let_count(const std::string& lab, const std::string& lab_version) {
  change([&] {
    return number(database_,
                  "INSERT INTO labs VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET version = ?2 RETURNING 0", lab,
                  lab_version);
  });
}

std::vector<GradedAttempt> Gradebook::attempts(const std::string& lab) {
  SQLite::Statement query(database_,
                          "SELECT student, lab, sha256, submitted_at, file, points FROM graded_attempts "
                          "WHERE ?1 = '' OR lab = ?1 ORDER BY lab, student, submitted_at, attempt");
  query.bind(1, lab);
  std::vector<GradedAttempt> all;
  while (query.executeStep()) {
    all.push_back({query.getColumn(0), query.getColumn(1), query.getColumn(2), query.getColumn(3),
                   query.getColumn(4).getString(), query.getColumn(5).getUInt()});
  }
  return all;
}

std::vector<std::string> Gradebook::students() {
  SQLite::Statement query(database_, "SELECT name FROM students ORDER BY name");
  std::vector<std::string> all;
  while (query.executeStep()) {
    all.push_back(query.getColumn(0));
  }
  return all;
}

void Gradebook::enter_student(const std::string& student) {
  execute(database_, "INSERT OR IGNORE INTO students VALUES (?)", student);
}

void Gradebook::set_override(const std::string& student, const std::string& lab, const Override& override) {
  if (number(database_, "SELECT count(*) FROM students WHERE name = ?", student) == 0) {
    throw std::runtime_error(fmt::format("the gradebook has no student '{}'", student));
  }
  if (!std::isfinite(override.score) || override.score < 0) {
    throw std::runtime_error("a score must be a number of at least 0");
  }
  if (override.reason.empty() || override.author.empty()) {
    throw std::runtime_error("an override needs a reason and an author");
  }
  execute(database_, "INSERT INTO overrides (student, lab, score, reason, author, made_at) VALUES (?, ?, ?, ?, ?, ?)",
          student, lab, override.score, override.reason, override.author, override.made_at);
}

bool Gradebook::remove_override(const std::string& student, const std::string& lab) {
  execute(database_, "UPDATE overrides SET removed = 1 WHERE student = ? AND lab = ? AND removed = 0", student, lab);
  return number(database_, "SELECT changes()") > 0;
}

std::map<std::string, Override> Gradebook::overrides(const std::string& lab) {
  SQLite::Statement query(
      database_,
      "SELECT student, score, reason, author, made_at FROM overrides WHERE lab = ? AND removed = 0 ORDER BY id");
  query.bind(1, lab);
  std::map<std::string, Override> newest;
  while (query.executeStep()) {
    newest[query.getColumn(0)] = {query.getColumn(1), query.getColumn(2), query.getColumn(3), query.getColumn(4)};
  }
  return newest;
}

}  // namespace grader
