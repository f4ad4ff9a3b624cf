"""What `course grade` refuses or warns of before and after grading, and two options of `course grades`.

usage: grade_command_test.py ROOT COURSE, the repository and the course program. Exit status: 0 all promises kept.
"""
import json
import pathlib
import subprocess
import sys
import tempfile


def run(course, *words):
    """Returns the exit status and what was said, in one line."""
    done = subprocess.run([str(word) for word in (course, *words)], capture_output=True, text=True)
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def expect(outcome, status, words):
    assert outcome[0] == status and words in outcome[1], outcome


def unreadable_class(course, folder):
    for name in ("kim.cpp", "lee.cpp"):
        (folder / "loose").mkdir(exist_ok=True)
        (folder / "loose" / name).write_text("int x;\n")
    grade = run(course, "grade", folder / "loose", "--lab", "02", "--out", folder / "none", "--earlier-closed")
    expect(grade, 1, "none of 2 submissions can be read")
    assert not (folder / "none").exists(), "results of nothing"


def open_earlier_lab_and_wrong_policy(course, folder, words):
    results = folder / "results"
    expect(run(course, "grade", *words), 1, "01_tensors (no due date in policy.json)")
    (results / "policy.json").write_text(json.dumps({"due": {"02": "2026-01-01T00:00:00Z"}}))
    expect(run(course, "grade", *words), 1, "Did you mean '02_mlp'?")
    (results / "policy.json").write_text(json.dumps({"due": {"01_tensors": "2099-01-01T00:00:00Z"}}))
    expect(run(course, "grade", *words), 1, "01_tensors (until 2099-01-01T00:00:00Z)")
    assert not list(results.glob("02_mlp/results/*/*")), "graded in spite of an open lab"
    (results / "policy.json").write_text(json.dumps({"due": {"01_tensors": "2020-01-01T00:00:00Z"}}))


def main(course):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        unreadable_class(course, folder)

        # Two students whose code does not compile, one of them under a name that a shell would not like
        for student in ("kim", "O'Brien"):
            (folder / "class" / student).mkdir(parents=True)
            (folder / "class" / student / "mlp.cpp").write_text("#error not begun\n")
        words = (folder / "class", "--lab", "02", "--out", folder / "results")
        open_earlier_lab_and_wrong_policy(course, folder, words)
        expect(run(course, "grade", *words), 1, "nobody has a single point")

        # The gradebook: a mark for Excel, a score above the most, a student by the name as it is written
        results = ("--results", folder / "results", "--lab", "02")
        expect(run(course, "grades", "export", *results, "--format", "csv", "--excel"), 0, "\ufeffstudent,lab,")
        expect(run(course, "grades", "export", *results, "--format", "canvas", "--excel"), 1, "--excel is for --format csv")
        override = ("--score", "191", "--reason", "oral exam", "--author", "Lee")
        expect(run(course, "grades", "override", "O'Brien", *results, *override), 0, "191 is more than the 100 points")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2]))
