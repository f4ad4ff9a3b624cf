"""Runs the steps of a workflow in a checked-out repository as GitHub's runner does: bash -e, its variables, its limit of
time. Checks how the job ends, its summary, and that GitHub would obey no line of the quoted text.

usage: run_workflow.py WORKFLOW REPOSITORY --status N --summary TEXT [--quoted TEXT]
"""
import argparse
import os
import pathlib
import re
import subprocess
import tempfile

parser = argparse.ArgumentParser()
parser.add_argument("workflow")
parser.add_argument("repository")
parser.add_argument("--status", type=int, required=True)
parser.add_argument("--summary", required=True)
parser.add_argument("--quoted")
options = parser.parse_args()

# Our workflows have one job, and each step is one line
text = pathlib.Path(options.workflow).read_text(encoding="utf-8")
steps = re.findall(r"^\s+(?:- )?(uses|run): (.+)$", text, re.MULTILINE)
limit = 60 * int(re.search(r"timeout-minutes: (\d+)", text)[1])
try:
    import yaml
    (job,) = yaml.safe_load(text)["jobs"].values()
    assert steps == [(key, step[key]) for step in job["steps"] for key in ("uses", "run") if key in step]
    assert limit == 60 * job["timeout-minutes"]
except ImportError:
    print("note: python3-yaml is not installed, so the form of the file is not checked")
assert all(value.startswith("actions/checkout@") for key, value in steps if key == "uses"), steps

workspace = pathlib.Path(options.repository).resolve()
with tempfile.TemporaryDirectory() as scratch:
    scratch = pathlib.Path(scratch)
    variables = {name: os.environ[name] for name in os.environ
                 if name in ("PATH", "HOME", "LANG") or name.startswith("CCACHE_")}
    variables |= {"CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(workspace), "RUNNER_OS": "Linux",
                  "GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/heads/main", "GITHUB_REPOSITORY": "school/kim",
                  "GITHUB_SHA": subprocess.run(["git", "-C", workspace, "rev-parse", "HEAD"], check=True,
                                               capture_output=True, text=True).stdout.strip(),
                  "RUNNER_TEMP": str(scratch)}
    for name in ("STEP_SUMMARY", "OUTPUT", "ENV", "PATH", "STATE"):
        (scratch / name).touch()
        variables["GITHUB_" + name] = str(scratch / name)

    output = ""
    status = 0
    for key, value in steps:
        if key == "run" and status == 0:
            script = scratch / "step.sh"
            script.write_text(value + "\n", encoding="utf-8")
            step = subprocess.run(["bash", "-e", script], cwd=workspace, env=variables, timeout=limit, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            output += step.stdout
            status = step.returncode
    summary = (scratch / "STEP_SUMMARY").read_text(encoding="utf-8")
    left = [name for name in ("OUTPUT", "ENV", "PATH", "STATE") if (scratch / name).stat().st_size > 0]

assert status == options.status, output
assert options.summary in summary, summary + output
assert not left, left

# Read the output as GitHub does
quoted = False
stop = None
for line in output.splitlines():
    if stop is not None:
        quoted = quoted or (options.quoted is not None and options.quoted in line)
        stop = None if line == f"::{stop}::" else stop
    elif line.startswith("::stop-commands::"):
        stop = line.removeprefix("::stop-commands::")
    else:
        assert options.quoted is None or options.quoted not in line, line
assert stop is None, "commands are stopped forever"
assert quoted == (options.quoted is not None), output
print(f"workflow: exit status {status}, summary: {summary.splitlines()[2]}")
