#!/usr/bin/env bash
# Releases the course to a student, who builds it in a fresh clone, solves lab 02_mlp, pushes it to GitHub, whose
# workflow runs here with GitHub's variables, and gets a correction.
# usage: student.sh ROOT COURSE_PROGRAM WORK_FOLDER
set -euo pipefail
root=$1 course=$2 work=$3
here=$(dirname -- "${BASH_SOURCE[0]}")
source "$here/copy_course.sh"
fail() { echo "FAILED: $*"; exit 1; }
expect() { grep -qF -- "$2" "$1" || { cat "$1"; fail "'$2' is not in $1"; }; }

rm -rf "$work"
copy_course "$root" "$work/course"
release() { COURSE_ROOT=$work/course "$course" release "$@" >"$work/release.log" 2>&1; }

# A solution that leaks into a released page stops the release, and the message names both places
sed -n 60,80p "$work/course/solutions/02_mlp/mlp.cpp" >>"$work/course/labs/02_mlp/README.md"
git -C "$work/course" commit -qam "Leak"
! release "$work/release" || fail "a leak was released"
expect "$work/release.log" "solutions/02_mlp/mlp.cpp:"
expect "$work/release.log" "labs/02_mlp/README.md:"
[[ ! -e $work/release ]] || fail "the release is there"
git -C "$work/course" reset -q --hard HEAD~1

# So does a change that is not committed
echo >>"$work/course/README.md"
! release "$work/release" || fail "an uncommitted change was not noticed"
git -C "$work/course" checkout -q README.md

# A student clones the release: no solution, no patch, no link that leads nowhere
release "$work/release" || { cat "$work/release.log"; fail "no release"; }
expect "$work/release.log" "no five lines in a row"
git clone -q "$work/release" "$work/student"
[[ -z $(cd "$work/student" && git ls-files | grep -E '^solutions/|\.patch$|answers\.md$|attacks/') ]] || fail "secrets"
python3 "$here/check_links.py" "$work/student"

# A clone that Windows' git makes, for use in WSL, has line feeds alone: here and there
for tree in course release; do
  git clone -q -c core.autocrlf=true "$work/$tree" "$work/windows_$tree"
  ! grep -rlI --exclude-dir=.git $'\r' "$work/windows_$tree" || fail "carriage returns in a clone of $tree"
done

# The starter compiles and is not done; every lab builds
cd "$work/student"
export CI=true CCACHE_BASEDIR=$work/student CCACHE_NOHASHDIR=1
! ./course test 02 >"$work/starter.log" 2>&1 || fail "the starter passes"
expect "$work/starter.log" "0 of 100 points"
expect "$work/starter.log" "not done yet"
! grep -q "✗" "$work/starter.log" || { cat "$work/starter.log"; fail "the starter is called wrong"; }
for lab in labs/*/lab.json; do
  ninja -C build/check "$(dirname "$lab")/all" >"$work/labs.log" 2>&1 || { cat "$work/labs.log"; fail "$lab"; }
done
! git status --porcelain | grep -vE '^\?\? labs/[^/]+/[a-z0-9_]+\.cpp$' || fail "the tree is not clean"

# No lab is started: the workflow of a push says so
python3 "$here/run_workflow.py" .github/workflows/grade.yml . --status 0 --summary "No lab has been started"

# The solution gets all points at home and in the workflow; it is linked with the student's lab 01
cp "$work/course/solutions/02_mlp/mlp.cpp" labs/02_mlp/
cp "$work/course/solutions/01_tensors/tensors.cpp" labs/01_tensors/
./course test 02 >"$work/solved.log" 2>&1 || { cat "$work/solved.log"; fail "the solution loses points"; }
expect "$work/solved.log" "100 of 100 points"
git add labs/02_mlp/mlp.cpp labs/01_tensors/tensors.cpp
git commit -qm "Solve lab 02"
python3 "$here/run_workflow.py" .github/workflows/grade.yml . --status 0 --summary "02_mlp: 100 of 100 points"

# A header that was edited and a file of one's own work at home, and not for the judge: submit says so
echo "// mine" >>labs/02_mlp/mlp.hpp
echo "// mine" >labs/02_mlp/helper.hpp
./course submit 02 --name kim >"$work/submit.log" 2>&1 || { cat "$work/submit.log"; fail "not submitted"; }
expect "$work/submit.log" "not as the course gave them"
expect "$work/submit.log" "labs/02_mlp/mlp.hpp"
expect "$work/submit.log" "not part of the lab"
expect "$work/submit.log" "labs/02_mlp/helper.hpp"
git checkout -q labs/02_mlp/mlp.hpp
rm labs/02_mlp/helper.hpp

# A wrong result, and output that GitHub would obey: the workflow fails, and GitHub sees the output as quoted
sed -i 's|^Real sigmoid(Real x) {|&\n  std::puts("::error::forged"); return x;|; 1i #include <cstdio>' labs/02_mlp/mlp.cpp
python3 "$here/run_workflow.py" .github/workflows/grade.yml . --status 1 --summary "not right yet" --quoted forged

# An update works with --update or with git pull, and the student's file does not change
cp labs/02_mlp/mlp.cpp "$work/before.cpp"
echo "A correction." >>"$work/course/labs/02_mlp/README.md"
git -C "$work/course" commit -qam "Correct a page"
release "$work/release" --update || { cat "$work/release.log"; fail "no update of the release"; }
git clone -q "$work/student" "$work/pulling"
git -C "$work/pulling" pull -q --no-rebase --no-edit "$work/release" main
release "$work/student" --update || { cat "$work/release.log"; fail "no update of the student"; }
for tree in student pulling; do
  expect "$work/$tree/labs/02_mlp/README.md" "A correction."
done
cmp labs/02_mlp/mlp.cpp "$work/before.cpp"
[[ $(git status --porcelain | grep -v '^??') == " M labs/02_mlp/mlp.cpp" ]] || { git status; fail "the tree is not clean"; }
echo "released, built, solved, pushed and corrected"
