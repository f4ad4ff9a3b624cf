"""Every command that a page, a message or a comment mentions exists: mentions_test.py ROOT COURSE, the repository and the
course program. So does every program that `./course run` is said to run.
"""
import pathlib
import re
import subprocess
import sys

MENTION = re.compile(r"(?:\./|`)course ([a-z][a-z-]*)(?: ([a-z]+))?")
RUN = re.compile(r"\./course run (\d\d) ([a-z_]+)")
KINDS = {".md", ".cpp", ".hpp", ".py", ".sh", ".cmake", ".txt", ".json", ".yml", ""}

# After "./course" in a sentence, what it does: "./course installs what is missing"
VERBS = {"again", "builds", "gives", "installs", "sets", "shows", "starts", "that"}
PARTS = {"data": {"get", "list", "path", "verify"}, "grades": {"export", "override", "show"},
         "gradescope": {"prepare", "run"}}


def commands_of(course):
    """The commands that the help page lists, indented by two."""
    page = subprocess.run([course, "help"], capture_output=True, text=True, check=True).stdout
    return {"help"} | set(re.findall(r"^  ([a-z][a-z-]*)  ", page, re.MULTILINE))


def wrong_mentions(text, commands):
    for command, part in MENTION.findall(text):
        parts = PARTS.get(command)
        if command not in commands | VERBS:
            yield command
        elif parts and part and part not in parts:
            yield f"{command} {part}"


def texts_of(root):
    """The files at the root and in the folders of the repository, but for what was built."""
    folders = [root / name for name in ("cmake", "common", "datasets", "grader", "labs", "solutions")]
    files = [*root.iterdir(), *(file for folder in folders for file in folder.rglob("*"))]
    return sorted(file for file in files if file.is_file() and file.suffix in KINDS)


def main(root, course):
    commands = commands_of(course)
    assert {"test", "grade", "verify", "check"} <= commands, commands
    assert list(wrong_mentions("type ./course build, `course grades list` or ./course test 02", commands)) == [
        "build", "grades list"]

    problems = []
    this = pathlib.Path(__file__).resolve()
    for file in texts_of(root):
        text = "" if file.resolve() == this else file.read_text(errors="replace")
        name = file.relative_to(root)
        problems += [f"{name} mentions ./course {words}, which does not exist" for words in wrong_mentions(text, commands)]
        problems += [f"{name} runs program {program} of lab {lab}, which it does not have"
                     for lab, program in RUN.findall(text) if not list(root.glob(f"labs/{lab}_*/{program}.cpp"))]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
