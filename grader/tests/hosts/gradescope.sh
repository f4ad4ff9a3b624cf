#!/usr/bin/env bash
# Makes the Gradescope autograder of lab 02_mlp, and grades with it in the shape in which Gradescope runs it:
# /autograder, root without the right to make namespaces, 768 MB, half a processor, ten minutes.
# usage: gradescope.sh ROOT COURSE_PROGRAM WORK_FOLDER. Exit status 77: it cannot be tested here.
set -euo pipefail
root=$1 course=$2 work=$3
here=$(dirname -- "${BASH_SOURCE[0]}")
source "$here/copy_course.sh"
[[ $EUID == 0 ]] || { echo "skipped: Gradescope runs as root, and this test does not"; exit 77; }

rm -rf "$work"
copy_course "$root" "$work/course"
COURSE_ROOT=$work/course "$course" gradescope-zip 02 --earlier-closed --out "$work/autograder.zip"

# Unpack it as Gradescope does
mkdir -p "$work/autograder/source" "$work/autograder/results"
(cd "$work/autograder/source" && cmake -E tar xf "$work/autograder.zip")
cp "$work/autograder/source/run_autograder" "$work/autograder/"
[[ -x $work/autograder/run_autograder && -f $work/autograder/source/setup.sh ]]

# A separate machine with /autograder, and with the packages that setup.sh would install
machine=(bwrap --die-with-parent --unshare-pid --unshare-ipc --tmpfs / --ro-bind /usr /usr --ro-bind /etc /etc
  --ro-bind /var /var --proc /proc --dev /dev --tmpfs /dev/shm --perms 1777 --tmpfs /tmp --perms 0700 --dir /root
  --bind "$work/autograder" /autograder --chdir /autograder --clearenv --setenv HOME /root
  --setenv PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
for path in /bin /sbin /lib /lib64; do
  if [[ -L $path ]]; then machine+=(--symlink "$(readlink "$path")" "$path")
  elif [[ -d $path ]]; then machine+=(--ro-bind "$path" "$path"); fi
done
# Reuse what was compiled in another folder
cache=$(ccache --get-config cache_dir)
mkdir -p "$cache"
compiling=(--bind "$cache" /ccache --setenv CCACHE_DIR /ccache --setenv CCACHE_BASEDIR /autograder/source/course
  --setenv CCACHE_NOHASHDIR 1 --setenv CCACHE_MAXSIZE "$(ccache --get-config max_size)" --setenv LANG "${LANG:-}")
"${machine[@]}" "${compiling[@]}" bash /autograder/source/setup.sh

# What a container has: the rights of root in Docker, and a group of processes with limits
container=("${machine[@]}" --cap-drop ALL)
for right in CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW SYS_CHROOT MKNOD \
  AUDIT_WRITE SETFCAP; do
  container+=(--cap-add "CAP_$right")
done
groups=()
limit() {  # limit CONTROLLER_FOLDER FILE VALUE: fails where the controller is not
  local group=$1/course-test-$$
  [[ " ${groups[*]} " == *" $group "* ]] || mkdir "$group" 2>/dev/null || return 1
  [[ " ${groups[*]} " == *" $group "* ]] || groups+=("$group")
  [[ -e $group/$2 ]] && echo "$3" 2>/dev/null >"$group/$2"
}
trap 'for group in "${groups[@]}"; do rmdir "$group" 2>/dev/null || true; done' EXIT
limited=false
if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
  limit /sys/fs/cgroup memory.max 768M && limit /sys/fs/cgroup cpu.max "50000 100000" && limited=true
else
  limit /sys/fs/cgroup/memory memory.limit_in_bytes 768M && limit /sys/fs/cgroup/cpu cpu.cfs_quota_us 50000 && limited=true
fi
[[ $limited == true ]] || echo "note: memory and processor are not limited, since control groups cannot be made here"

# grade SECONDS: a new container grades the files in submission/
grade() {
  rm -rf "$work/autograder/results"
  mkdir "$work/autograder/results"
  cp "$here/submission_metadata.json" "$work/autograder/"
  chmod 755 "$work/autograder"
  (
    for group in "${groups[@]}"; do echo $BASHPID >"$group/cgroup.procs"; done
    echo $BASHPID >"$work/container.pid"
    exec timeout --signal=KILL "$1" "${container[@]}" /autograder/run_autograder
  ) || echo "run_autograder: exit status $?"
}
check() { python3 "$here/check_results.py" "$work/autograder/results/results.json" "$@"; }
new_submission() { rm -rf "$work/autograder/submission" && mkdir -p "$work/autograder/submission/$1"; }
solution=$work/course/solutions/02_mlp/mlp.cpp

# The solution earns all points, although code in front of it searches for secrets; it finds none
new_submission .
cat "$here/looks_around.cpp" "$solution" >"$work/autograder/submission/mlp.cpp"
grade 600
check --score 100 --without FOUND --isolation "a user of its own, in a container"

# The compiler cannot read the solution either
new_submission .
echo '#include "/autograder/source/course/solutions/02_mlp/mlp.cpp"' >"$work/autograder/submission/mlp.cpp"
grade 600
check --score 0 --says "Permission denied"

# A student's whole repository, with nothing done
new_submission labs/02_mlp
cp "$work/course/labs/02_mlp/starter/mlp.cpp" "$work/autograder/submission/labs/02_mlp/"
grade 600
check --score 0 --every "Not done yet"

# Links to the solution are not followed
new_submission labs
ln -s /autograder/source/course/solutions/02_mlp "$work/autograder/submission/labs/02_mlp"
ln -s /autograder/source/course/solutions/02_mlp/mlp.cpp "$work/autograder/submission/mlp.cpp"
grade 600
check --score 0 --says "Nothing could be graded"

# If the host stops the grader, the first version of the result says so
new_submission .
cp "$solution" "$work/autograder/submission/mlp.cpp"
rm -rf "$work/autograder/results" "$work/container.pid"
grade 600 &
until [[ -e $work/autograder/results/results.json ]] || ! kill -0 $! 2>/dev/null; do sleep 0.1; done
kill -KILL "$(<"$work/container.pid")"
wait
check --score 0 --says "The grader was stopped"

for group in "${groups[@]}"; do
  cat "$group/memory.peak" "$group/memory.max_usage_in_bytes" 2>/dev/null | sed 's/^/most bytes of memory: /' || true
done
