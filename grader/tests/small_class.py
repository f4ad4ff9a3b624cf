"""A class of six, and what the tests that grade it ask."""
import json
import shutil
import subprocess

TIMES = {"seconds", "compile_seconds", "test_seconds", "graded_at", "submitted_at"}


def make_class(root, folder):
    """Two solutions, two starters, a mistake, an archive that is none."""
    solution = root / "solutions" / "02_mlp" / "mlp.cpp"
    starter = root / "labs" / "02_mlp" / "starter" / "mlp.cpp"
    for name, source in (("ada", solution), ("bo", starter), ("chae", solution), ("dan", starter), ("eun", solution)):
        (folder / name).mkdir(parents=True)
        shutil.copy(source, folder / name / "mlp.cpp")
    mistake = root / "solutions" / "02_mlp" / "mistakes" / "gradients_overwritten.patch"
    subprocess.run(["patch", "--silent", "--strip=1", f"--directory={folder / 'eun'}", f"--input={mistake}"], check=True)
    (folder / "fay.zip").write_text("no archive")


def grade(course, submissions, out, *more, **options):
    command = [course, "grade", submissions, "--lab", "02", "--out", out, "--earlier-closed", *more]
    return subprocess.Popen([str(word) for word in command], **options)


def without_times(value):
    if isinstance(value, dict):
        return {key: without_times(field) for key, field in value.items() if key not in TIMES}
    return [without_times(field) for field in value] if isinstance(value, list) else value


def results_of(out):
    """Every result, by file name, without its times."""
    return {str(path.relative_to(out)): without_times(json.loads(path.read_text()))
            for path in out.glob("02_mlp/results/*/*.json")}


def written(out):
    """When each result was written."""
    return {path: path.stat().st_mtime_ns for path in out.glob("02_mlp/results/*/*.json")}
