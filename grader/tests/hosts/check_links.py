"""Checks that every relative link and picture of the pages in a folder leads to something that git knows.

usage: check_links.py FOLDER
"""
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(sys.argv[1]).resolve()
names = subprocess.run(["git", "-C", root, "ls-files", "-z"], check=True, capture_output=True, text=True).stdout
known = {root / name for name in names.split("\0") if name}
known |= {folder for path in known for folder in path.parents}
pages = [path for path in known if path.suffix == ".md"]
dead = []
for page in pages:
    for target in re.findall(r"\]\(([^)\s#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target and (page.parent / target).resolve() not in known:
            dead.append(f"{page}: {target}")
assert pages and not dead, "\n".join(dead)
print(f"{len(pages)} pages, no dead link")
