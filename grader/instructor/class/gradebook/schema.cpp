#include "class/gradebook/schema.hpp"

namespace grader {

const char* const gradebook_tables = R"(
CREATE TABLE students (
  name TEXT PRIMARY KEY
);
CREATE TABLE labs (
  name TEXT PRIMARY KEY,
  version TEXT NOT NULL        -- whose results count; '' before any was asked for
);
CREATE TABLE submissions (     -- different files, each judged once by a version of the lab
  id INTEGER PRIMARY KEY,
  student TEXT NOT NULL REFERENCES students(name),
  lab TEXT NOT NULL REFERENCES labs(name),
  sha256 TEXT NOT NULL,
  UNIQUE (student, lab, sha256)
);
CREATE TABLE attempts (        -- each time that files were handed in, equal ones too
  id INTEGER PRIMARY KEY,
  submission INTEGER NOT NULL REFERENCES submissions(id),
  found_at TEXT NOT NULL,      -- the newest time of the files; UTC; '' if nobody knows
  submitted_at TEXT NOT NULL,  -- the same, or what was told instead
  UNIQUE (submission, found_at)
);
CREATE TABLE results (
  id INTEGER PRIMARY KEY,
  submission INTEGER NOT NULL REFERENCES submissions(id),
  seed TEXT NOT NULL,          -- 64 bits without a sign, which SQLite does not have
  lab_version TEXT NOT NULL,
  judge_version TEXT NOT NULL,
  isolation TEXT NOT NULL,
  error TEXT NOT NULL,         -- why nothing could be graded, or ''
  points INTEGER NOT NULL,
  compile_seconds REAL NOT NULL,
  test_seconds REAL NOT NULL,
  graded_at TEXT NOT NULL,
  file TEXT NOT NULL UNIQUE    -- the result in full
);
CREATE TABLE tests (
  result INTEGER NOT NULL REFERENCES results(id),
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  points INTEGER NOT NULL,
  max_points INTEGER NOT NULL,
  status TEXT NOT NULL,
  seconds REAL NOT NULL,
  mistakes TEXT NOT NULL,      -- ids of the named mistakes, with spaces between
  PRIMARY KEY (result, number)
) WITHOUT ROWID;
CREATE TABLE overrides (
  id INTEGER PRIMARY KEY,
  student TEXT NOT NULL REFERENCES students(name),
  lab TEXT NOT NULL,
  score REAL NOT NULL,
  reason TEXT NOT NULL,
  author TEXT NOT NULL,
  made_at TEXT NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
);
)";

const char* const gradebook_view = R"(
CREATE VIEW graded_attempts AS
  SELECT submissions.student, submissions.lab, submissions.sha256, attempts.id AS attempt, attempts.submitted_at,
         (SELECT sum(max_points) FROM tests WHERE tests.result = results.id) AS max_points, results.*
  FROM attempts JOIN submissions ON submissions.id = attempts.submission JOIN labs ON labs.name = submissions.lab
  JOIN results ON results.id = coalesce(
    (SELECT id FROM results AS r WHERE r.submission = submissions.id AND r.lab_version = labs.version),
    (SELECT id FROM results AS r WHERE r.submission = submissions.id ORDER BY graded_at DESC, id DESC LIMIT 1));
)";

const char* const gradebook_upgrade = R"(
DROP VIEW newest_results;
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  submission INTEGER NOT NULL REFERENCES submissions(id),
  found_at TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  UNIQUE (submission, found_at)
);
INSERT INTO attempts SELECT id, id, submitted_at, submitted_at FROM submissions;
ALTER TABLE submissions DROP COLUMN submitted_at;
ALTER TABLE labs DROP COLUMN max_points;
ALTER TABLE labs ADD COLUMN version TEXT NOT NULL DEFAULT '';
)";

}  // namespace grader
