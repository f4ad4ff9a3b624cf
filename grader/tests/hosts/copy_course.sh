# copy_course ROOT FOLDER: makes FOLDER a git repository with one commit, of the course as it stands in ROOT.
# Nothing of the environment leads to another copy of the course.
unset COURSE_ROOT COURSE_BUILD GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
copy_course() {
  export GIT_AUTHOR_NAME=Test GIT_AUTHOR_EMAIL=test@example.org GIT_COMMITTER_NAME=Test
  export GIT_COMMITTER_EMAIL=test@example.org
  mkdir -p "$2"
  tar -C "$1" --exclude=./build --exclude=./.git -c . | tar -C "$2" -x
  git -C "$2" init -q -b main
  git -C "$2" add -A
  git -C "$2" commit -qm "The course"
}
