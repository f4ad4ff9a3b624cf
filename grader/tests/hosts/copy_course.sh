# copy_course ROOT FOLDER: makes FOLDER a git repository with one commit, the course as it is in ROOT. Environment
# variables that refer to another copy of the course are unset.
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
