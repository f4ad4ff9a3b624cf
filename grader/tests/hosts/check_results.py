"""Checks a results.json as Gradescope defines it, and what is expected of it.

usage: check_results.py FILE --score N [--every TEXT] [--says TEXT] [--without TEXT] [--isolation TEXT]
"""
import argparse
import json

FORMATS = {"text", "html", "simple_format", "md", "ansi"}
VISIBLE = {"hidden", "after_due_date", "after_published", "visible"}
TOP = {"score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility",
       "stdout_visibility", "extra_data", "tests", "leaderboard"}
TEST = {"score", "max_score", "status", "name", "name_format", "number", "output", "output_format", "tags", "visibility",
        "extra_data"}

parser = argparse.ArgumentParser()
parser.add_argument("file")
parser.add_argument("--score", type=float, required=True)
for option in ("--every", "--says", "--without", "--isolation"):
    parser.add_argument(option)
options = parser.parse_args()


def refuse_constant(name):
    raise ValueError(f"{name} is no JSON number")


text = open(options.file, encoding="utf-8").read()
document = json.loads(text, parse_constant=refuse_constant)
tests = document.get("tests", [])
assert set(document) <= TOP, document
assert document["visibility"] in VISIBLE and document["stdout_visibility"] in VISIBLE
assert all(document.get(key, "text") in FORMATS for key in TOP if key.endswith("_format"))
for test in tests:
    assert set(test) <= TEST and test["status"] in {"passed", "failed"}, test
    assert 0 <= test["score"] <= test["max_score"], test
    assert test["output_format"] in FORMATS and test["visibility"] in VISIBLE, test
    assert options.every is None or options.every in test["output"], test
assert len({test["name"] for test in tests}) == len(tests)
assert not tests or sum(test["score"] for test in tests) == document["score"]
assert not tests or sum(test["max_score"] for test in tests) == 100
assert options.every is None or tests
assert document["score"] == options.score, text
assert options.says is None or options.says in document["output"], text
assert options.without is None or options.without not in text, text
assert options.isolation is None or document["extra_data"]["isolation"].startswith(options.isolation), text
print(f"results.json: {document['score']} points, {len(tests)} tests")
