#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image: installs the packages, builds the judge of the lab.
set -euo pipefail
cd /autograder/source/course
CI=true ./course gradescope prepare "$(<../lab)"
