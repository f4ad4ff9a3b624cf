"""Grades a class while the program is killed and the disk fills up, and compares with grading it in peace.

usage: resume_test.py ROOT COURSE, the repository and the course program. Exit status: 0 all promises kept.
"""
import contextlib
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from small_class import grade, make_class, results_of, written


def kill_and_resume(course, folder):
    """Kills the program after its first results and starts it again, which also removes what the first one left."""
    out, temporary = folder / "killed", folder / "tmp"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    first = grade(course, folder / "class", out, "--seed", "5", env=environment)
    while len(results_of(out)) < 2 and first.poll() is None:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    finished = written(out)
    assert 2 <= len(finished) < 6, f"{len(finished)} results when it was killed"
    assert list(temporary.iterdir()), "it had no temporary folder when it was killed"
    assert grade(course, folder / "class", out, env=environment).wait() == 0
    assert not list(temporary.iterdir()), "temporary folders of the killed program are left"
    assert finished.items() <= written(out).items(), "a finished result has changed"
    return out


def fill_and_resume(course, folder):
    """Lets the disk fill up, makes room, and starts again. Returns None where no file system can be mounted."""
    out = folder / "full"
    out.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", out], capture_output=True).returncode != 0:
        print("no file system can be mounted here: the full disk was not tried")
        return None
    first = grade(course, folder / "class", out, "--seed", "5", stderr=subprocess.PIPE, text=True)
    said = " ".join(first.communicate()[1].split())  # long lines are wrapped
    assert first.returncode == 1 and ("No space left" in said or "disk is full" in said), said
    finished = written(out)
    assert len(finished) < 6
    subprocess.run(["mount", "-o", "remount,size=100m", out], check=True)
    assert grade(course, folder / "class", out).wait() == 0
    assert finished.items() <= written(out).items(), "a finished result has changed"
    return out


def rows(out):
    """What the gradebook says of every test, without times."""
    with contextlib.closing(sqlite3.connect(out / "grades.db")) as database:
        return sorted(database.execute(
            "SELECT student, lab, tests.name, tests.points, tests.status, tests.mistakes "
            "FROM graded_attempts JOIN tests ON tests.result = graded_attempts.id"))


def main(course):
    root = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="course-resume-") as name:
        folder = pathlib.Path(name)
        make_class(root, folder / "class")
        assert grade(course, folder / "class", folder / "peace", "--seed", "5").wait() == 0
        before = written(folder / "peace")
        assert grade(course, folder / "class", folder / "peace").wait() == 0
        assert written(folder / "peace") == before, "grading again changed a result"
        full = None
        try:
            full = fill_and_resume(course, folder)
            for out in filter(None, (kill_and_resume(course, folder), full)):
                assert results_of(out) == results_of(folder / "peace"), f"{out.name}: other results"
                assert rows(out) == rows(folder / "peace"), f"{out.name}: another gradebook"
        finally:
            subprocess.run(["umount", folder / "full"], capture_output=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2]))
