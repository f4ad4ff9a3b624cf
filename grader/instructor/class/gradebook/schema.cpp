#include "class/gradebook/schema.hpp"

namespace grader {

const char* const gradebook_schema = R"(
CREATE TABLE students (
  name TEXT PRIMARY KEY
);
CREATE TABLE labs (
  name TEXT PRIMARY KEY,
  max_points INTEGER NOT NULL
);
CREATE TABLE submissions (
  id INTEGER PRIMARY KEY,
  student TEXT NOT NULL REFERENCES students(name),
  lab TEXT NOT NULL REFERENCES labs(name),
  sha256 TEXT NOT NULL,
  submitted_at TEXT NOT NULL,  -- UTC; '' if nobody knows
  UNIQUE (student, lab, sha256)
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
CREATE VIEW newest_results AS
  SELECT submissions.student, submissions.lab, submissions.sha256, submissions.submitted_at, labs.max_points, results.*,
         (SELECT count(*) FROM submissions AS s WHERE s.student = submissions.student AND s.lab = submissions.lab)
           AS attempts
  FROM results JOIN submissions ON submissions.id = results.submission JOIN labs ON labs.name = submissions.lab
  WHERE results.id = (SELECT r.id FROM results AS r WHERE r.submission = results.submission
                      ORDER BY r.graded_at DESC, r.id DESC LIMIT 1);
)";

}  // namespace grader
